const label = '[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?'
const labels = new RegExp(`^(${label}[.])*${label}$`)

/** A name as a URL has it: lower case, no empty label, no dot at its end, and nothing that reads as a number. */
export function isHostName(text: string): boolean {
  return text.length <= 253 && labels.test(text) && URL.parse(`http://${text}`)?.hostname === text
}
