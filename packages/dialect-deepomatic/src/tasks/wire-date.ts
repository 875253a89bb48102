/** `2024-05-06T07:08:09.012345Z`: six digits, of which we know three. */
export const wireDate = (date: Date): string => date.toISOString().replace('Z', '000Z')
