/**
 * What the record knows of uploaded files: how much room each of them takes, and which are to be deleted. The numbers
 * are changed before a file is, so a process that dies in between leaves one file counted with the size that it would
 * have had; the next upload to that path, or its deletion, puts that right.
 */
export interface FileRecords {
  /**
   * Counts a file with its size, in place of the one of that path, unless the company would then have more than
   * `quota`. A note that it is unneeded is forgotten. `claimed`: it is being deleted right now; try again.
   */
  keep(
    company: string,
    path: string,
    size: number,
    quota: number | null,
  ): Promise<{ kind: 'kept'; sizeBefore: number | null } | { kind: 'over_quota' | 'claimed' }>
  /** Counts it no longer, and forgets the note about it. */
  drop(company: string, path: string): Promise<void>
  /** How much room all files of a company take, and the one of that path. */
  usageOf(company: string, path: string): Promise<{ bytes: number; ofPath: number }>

  /**
   * Notes files to be deleted soon, only those stored before a time when given. `TaskChange.dropFiles` does the same
   * together with a change of a task.
   */
  noteUnneeded(company: string, paths: readonly string[], storedBefore?: Date): Promise<void>
  isUnneeded(company: string, path: string): Promise<boolean>
  /** Notes a file to be deleted, by the caller, who has a minute for it. False: it is somebody else's. */
  claim(company: string, path: string): Promise<boolean>
  /** The same for what was noted so long ago, the oldest first. */
  claimUnneeded(limit: number, olderThanMs: number): Promise<readonly { company: string; path: string }[]>
}
