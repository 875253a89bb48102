export interface Scene {
  /**
   * A colour by its name (`red`) or number (`0x336699`): pictures that are all the same. `pattern`: a test card on which
   * things move; `fractal`: a slow zoom; `noise`: no two pictures alike.
   */
  readonly look: string
  /** Rounded to whole pictures. */
  readonly seconds: number
  /** Of this scene alone; with different ones among the scenes, set `ticksPerSecond` and write .mkv. */
  readonly fps?: Rate
}

/** Pictures per second: `25`, `'30000/1001'`. */
export type Rate = number | `${number}/${number}`

export interface Scenes {
  readonly scenes: readonly Scene[]
  /** 25 when absent. */
  readonly fps?: Rate
  /** 160 x 120 when absent. */
  readonly width?: number
  readonly height?: number
  /** How wide a pixel is, by its height: `'4/3'`. */
  readonly pixelAspect?: string
  /** Pictures between two from which decoding can start. */
  readonly keyEvery?: number
  /** For a variable frame rate: each picture is shown at one of so many ticks. */
  readonly ticksPerSecond?: number
}

/** A filter graph that ends in `[pictures]`. */
export function pictureGraph({ scenes, fps = 25, width = 160, height = 120, pixelAspect = '1' }: Scenes): string {
  const sources = scenes.map((scene, index) => {
    const rate = scene.fps ?? fps
    const pictures = Math.max(1, Math.round(scene.seconds * perSecond(rate)))
    const source = sourceOf(scene.look, `s=${width}x${height}:r=${rate}`)
    return `${source},trim=end_frame=${pictures},setsar=${pixelAspect},format=yuv420p[scene${index}]`
  })
  const inputs = scenes.map((_, index) => `[scene${index}]`).join('')
  return [...sources, `${inputs}concat=n=${scenes.length}:v=1:a=0[pictures]`].join(';')
}

function sourceOf(look: string, shape: string): string {
  if (look === 'pattern') return `testsrc2=${shape}`
  if (look === 'fractal') return `mandelbrot=${shape}`
  if (look === 'noise') return `color=c=gray:${shape},noise=alls=100:allf=t`
  return `color=c=${look}:${shape}`
}

function perSecond(rate: Rate): number {
  const [above, below = 1] = String(rate).split('/').map(Number)
  return Number(above) / below
}
