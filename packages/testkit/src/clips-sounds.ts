export interface SoundPart {
  /**
   * `tone`: one note. `sweep`: a note that rises all the time, so that no two moments sound alike. `speech`: noise in the
   * rhythm and range of a voice; nothing is said in it.
   */
  readonly sound: 'tone' | 'sweep' | 'silence' | 'noise' | 'speech'
  readonly seconds: number
  /** Of a tone; 440 when absent. */
  readonly hz?: number
}

export interface Sounds {
  readonly parts: readonly SoundPart[]
  /** 44,100 when absent. */
  readonly sampleRate?: number
  /** 1 when absent; all channels are the same. */
  readonly channels?: 1 | 2
}

/** A filter graph that ends in `[sounds]`. */
export function soundGraph({ parts, sampleRate = 44_100, channels = 1 }: Sounds): string {
  const copied = channels === 2 ? 'pan=stereo|c0=c0|c1=c0' : 'aformat=channel_layouts=mono'
  const sources = parts.map((part, index) => {
    const samples = Math.round(part.seconds * sampleRate)
    return `${sourceOf(part, sampleRate)},atrim=end_sample=${samples},${copied}[sound${index}]`
  })
  const inputs = parts.map((_, index) => `[sound${index}]`).join('')
  return [...sources, `${inputs}concat=n=${parts.length}:v=0:a=1[sounds]`].join(';')
}

function sourceOf({ sound, hz = 440 }: SoundPart, sampleRate: number): string {
  switch (sound) {
    case 'tone':
      return `sine=frequency=${hz}:sample_rate=${sampleRate}`
    case 'sweep':
      return `aevalsrc=exprs='0.5*sin(2*PI*(200*t+40*t*t))':sample_rate=${sampleRate}`
    case 'silence':
      return `anullsrc=sample_rate=${sampleRate}:channel_layout=mono`
    case 'noise':
      return `anoisesrc=sample_rate=${sampleRate}:amplitude=0.3:seed=1`
    case 'speech':
      return `anoisesrc=sample_rate=${sampleRate}:color=pink:seed=1,highpass=f=150,lowpass=f=3500,tremolo=f=4:d=0.9`
  }
}
