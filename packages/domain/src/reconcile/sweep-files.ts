import { deleteClaimed } from '../artifact-files.ts'
import { DomainError } from '../errors.ts'
import type { Ports } from '../ports.ts'

const pageSize = 20
/** After this long no further page is begun: other gaps wait to be closed. */
const longestMs = 1_000

/**
 * Deletes uploaded files that were noted as unneeded so long ago: clients that delete a task delete its files themselves
 * afterwards, and take one that is gone for a failure. One that cannot be deleted now is tried again in a minute. Answers
 * how many are gone.
 */
export async function sweepFiles(
  { fileRecords, files }: Pick<Ports, 'fileRecords' | 'files'>,
  graceMs: number,
): Promise<number> {
  const endsAt = performance.now() + longestMs
  let deleted = 0
  for (;;) {
    const page = await fileRecords.claimUnneeded(pageSize, graceMs)
    const outcomes = await Promise.allSettled(page.map((file) => sweepFile({ fileRecords, files }, file)))
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    deleted += page.length
    if (page.length < pageSize || performance.now() >= endsAt) return deleted
  }
}

async function sweepFile(
  { fileRecords, files }: Pick<Ports, 'fileRecords' | 'files'>,
  { company, path }: { company: string; path: string },
): Promise<void> {
  try {
    await deleteClaimed({ files, records: fileRecords }, company, path)
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'FILE_PATH_INVALID') throw error
    // Named by a task, and never the path of a file.
    await fileRecords.drop(company, path)
  }
}
