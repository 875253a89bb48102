import { artifactPathOf } from '../artifact-path.ts'
import type { ForgottenFiles, Ports } from '../ports.ts'

type SweptPorts = Pick<Ports, 'events' | 'fileRecords'>

/**
 * Deletes some of the events that were dropped, and notes the files that they named: those that the task or model itself
 * has uploaded here. True: there is more to delete.
 */
export async function sweepEvents({ events, fileRecords }: SweptPorts): Promise<boolean> {
  const { more } = await events.sweep(async ({ company, subject, droppedAt, urls }) => {
    await fileRecords.noteUnneeded(company, ownPaths(subject, urls), droppedAt)
  })
  return more
}

/** What lies in a folder of another task may be shown by that one too. */
const ownPaths = (subject: string, urls: ForgottenFiles['urls']): string[] =>
  urls.map(artifactPathOf).filter((path): path is string => path?.includes(`.${subject}/`) ?? false)
