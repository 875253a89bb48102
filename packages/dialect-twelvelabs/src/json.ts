/** The type of answers that are written piece by piece. */
export const json = 'application/json; charset=utf-8'
