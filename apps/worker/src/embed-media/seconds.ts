/** Times of media are whole parts of a second of many kinds; as doubles they differ by less than this when they are equal. */
export const slackSec = 1e-6

/** To the microsecond, which is all that media files tell: 3.2032, not 3.2032000000000003. */
export const exactSeconds = (seconds: number): number => Math.round(seconds * 1e6) / 1e6

/** For people: 0:02:28. */
export function clockOf(seconds: number): string {
  const whole = Math.floor(seconds)
  const [minutes, rest] = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, '0'))
  return `${Math.floor(whole / 3_600)}:${minutes}:${rest}`
}
