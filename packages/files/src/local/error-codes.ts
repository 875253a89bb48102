/** Nothing there; a part of the path is a file; the file itself is a symbolic link, which is not followed. */
export const missing = ['ENOENT', 'ENOTDIR', 'ELOOP'] as const
/** A folder where a file should be; by the system's taste. */
export const isFolder = ['EISDIR', 'EPERM', 'EEXIST', 'ENOTEMPTY'] as const

export const hasCode = (error: unknown, codes: readonly string[]): boolean =>
  codes.includes((error as NodeJS.ErrnoException).code ?? '')
