/** As answers have it: `2020-02-24T15:05:35.426+00:00`. */
export const isoDate = (date: Date): string => date.toISOString().replace('Z', '+00:00')
