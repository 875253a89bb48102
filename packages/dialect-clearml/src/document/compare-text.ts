/** By code unit, the same on every machine: for lists that answers have sorted. */
export const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
