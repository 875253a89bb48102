/** The number that an id of this language is; null where it cannot be one. */
export function taskNumber(id: string): number | null {
  const number = /^[1-9]\d{0,15}$/.test(id) ? Number(id) : Number.NaN
  return Number.isSafeInteger(number) ? number : null
}
