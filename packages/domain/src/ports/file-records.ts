/** What the record knows of uploaded files: how much room each company takes, and which files are to be deleted. */
export interface FileRecords {
  /** Counts bytes in (or out, below 0) unless the sum would be over `quota`. Answers false then, and counts nothing. */
  countBytes(company: string, bytes: number, quota: number | null): Promise<boolean>
  bytesOf(company: string): Promise<number>
  /** Notes files to be deleted soon. `TaskChange.dropFiles` does the same together with a change of a task. */
  noteUnneeded(company: string, paths: readonly string[]): Promise<void>
  /** The oldest notes first. */
  listUnneeded(limit: number): Promise<readonly { company: string; path: string }[]>
  forgetUnneeded(files: readonly { company: string; path: string }[]): Promise<void>
}
