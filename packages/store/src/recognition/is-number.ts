/** Whether it can be the id of a row at all: Postgres ends a whole transaction over one that its integers cannot hold. */
export const isNumber = (id: number): boolean => Number.isInteger(id) && id > 0 && id < 2 ** 31
