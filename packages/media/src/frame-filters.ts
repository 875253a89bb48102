import type { VideoStream } from './inspect.ts'
import { fitWithin, type Size, shownSize } from './picture-size.ts'
import { sceneThreshold } from './scene-cutter.ts'

/** Pictures that are wanted, by an expression of ffmpeg's over times in microseconds from where the reading starts. */
export interface Selection {
  readonly expression: string
  /** No picture from here on is wanted. */
  readonly end: number
  /** The expression looks at how much a picture differs from the one before it. */
  readonly comparesPictures: boolean
}

const isFirst = 'isnan(prev_selected_pts)'
const isSecondLater = 'gte(pts-prev_selected_pts,1000000)'

/** The first picture at or after each whole second of the span. */
export function atSteps(start: number, end: number): Selection {
  const second = (pts: string) => `floor((${pts}-(${start}))/1000000)`
  const isNextStep = `gt(${second('pts')},${second('prev_selected_pts')})`
  return { expression: `gte(pts,${start})*(${isFirst}+${isNextStep})`, end, comparesPictures: false }
}

/** The first picture, each that begins a scene, and one whenever a second has gone by. */
export function atScenes(start: number, end: number): Selection {
  const expression = `gte(pts,${start})*(${isFirst}+gt(scene,${sceneThreshold})+${isSecondLater})`
  return { expression, end, comparesPictures: true }
}

/** Pictures up to a moment: one in a second, and at last all of them, so that the one shown at that moment comes last. */
export const upTo = (moment: number): Selection => ({
  expression: `${isFirst}+${isSecondLater}+gt(pts,${moment - 1_000_000})`,
  end: moment + 1,
  comparesPictures: false,
})

const turns = { 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] }

/** Output options by which the wanted pictures are written one after another, each of this size. */
export function frameOutput(video: VideoStream, maxSide: number, wanted: Selection): { size: Size; output: string[] } {
  const { width, height } = fitWithin(video, maxSide)
  const select = `select='${wanted.expression}'`
  // To one size and format first, whatever comes: pictures of a video may change in size on the way.
  const scale = [`scale=${width}:${height}:flags=area`, 'format=rgb24']
  const filters = [
    'settb=1/1000000',
    `trim=end_pts=${wanted.end}`,
    // Comparing needs all pictures in one format; else only those that are wanted are scaled.
    ...(wanted.comparesPictures ? [...scale, select, 'metadata=print:key=lavfi.scene_score'] : [select, ...scale]),
    ...turns[video.clockwise],
    'showinfo',
    // An even rate from here on: else ffmpeg would repeat pictures where the time between them is long.
    'setpts=N/(25*TB)',
  ]
  const output = ['-filter:v', filters.join(','), '-r', '25', '-f', 'rawvideo', '-pix_fmt', 'rgb24']
  return { size: fitWithin(shownSize(video), maxSide), output }
}
