import { unreadable } from './errors.ts'
import type { Inspection } from './inspect.ts'
import { eachLine } from './lines.ts'
import type { ReadSettings } from './read-settings.ts'
import { startTool } from './run-tool.ts'
import { guardedInput, guardedStart } from './tool-arguments.ts'

/** Goes through all packets of a file, decoding none, and says when the last one ends. */
export async function measureDuration(
  path: string,
  { video, audio }: Inspection,
  { ffmpeg, ...limits }: ReadSettings,
): Promise<number> {
  const maps = [video, audio].flatMap((stream) => (stream === null ? [] : ['-map', `0:${stream.index}`]))
  const args = [...guardedStart, '-nostdin', '-nostats', '-v', 'error', ...guardedInput(path), ...maps]
  await using run = startTool(ffmpeg, [...args, '-c', 'copy', '-f', 'framecrc', 'pipe:1'], limits)
  const packets = latestEnd()
  const take = eachLine(packets.onLine)
  const decoder = new TextDecoder()
  for (let chunk = await run.readSome(); chunk !== null; chunk = await run.readSome()) take(decoder.decode(chunk))
  take(null)
  const { log } = await run.finish()
  if (packets.endSec() <= 0) throw unreadable('nothing in this file can be played', log)
  return packets.endSec()
}

/** Reads lines as `#tb 0: 1/90000`, and `0, dts, pts, duration, size, checksum` of each packet in those units. */
function latestEnd() {
  const units: number[] = []
  let end = 0
  return {
    endSec: () => end,
    onLine(line: string): void {
      const unit = /^#tb (\d+): (\d+)\/(\d+)/.exec(line)
      if (unit !== null) units[Number(unit[1])] = Number(unit[2]) / Number(unit[3])
      if (line.startsWith('#')) return
      const [stream = 0, , pts = 0, duration = 0] = line.split(',').map(Number)
      const packetEnd = (pts + duration) * (units[stream] ?? 0)
      if (packetEnd > end) end = packetEnd
    },
  }
}
