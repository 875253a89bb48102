import { JobError } from '@inferq/contracts'
import type { OpenFiles } from '@inferq/files'

/** A stored file that an input names. Whoever reads it must consume or destroy the body. */
export async function readInputFile(
  files: Pick<OpenFiles, 'read'>,
  key: string,
  { what, maxBytes }: { what: string; maxBytes: number },
) {
  const found = await files.read(key)
  if (found === null) throw new JobError('INPUT_UNREADABLE', `${what} is no longer in the file store`)
  if (found.size <= maxBytes) return found
  found.body.destroy()
  throw tooLarge(what, maxBytes, 'send a smaller one')
}

export const tooLarge = (what: string, maxBytes: number, instead: string) =>
  new JobError('INPUT_TOO_LARGE', `${what} may have ${maxBytes} bytes at most; ${instead}`)
