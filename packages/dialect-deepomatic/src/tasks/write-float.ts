/** JSON of a number that every reader takes for a float: many take `1` for an integer. */
export const writeFloat = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value))
