/** Large inputs and results, by key. */
export interface FileStore {
  put(key: string, data: string | Uint8Array): Promise<void>
  /** Null: no such file. */
  getText(key: string): Promise<string | null>
  delete(key: string): Promise<void>
}
