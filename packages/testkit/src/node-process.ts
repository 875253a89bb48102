import { fileURLToPath } from 'node:url'
import { type ManagedProcess, type ProcessOptions, startProcess } from './processes.ts'

export interface NodeProcessOptions extends Omit<ProcessOptions, 'command' | 'tie' | 'uid' | 'gid'> {
  /** The file to run, under this very Node. */
  entry: string
  args?: readonly string[]
}

const endWithParent = fileURLToPath(new URL('./end-with-parent.ts', import.meta.url))

/** Starts one of our own programs; it gets SIGTERM when this process ends, even by SIGKILL and on any system. */
export const startNode = ({ entry, args = [], ...rest }: NodeProcessOptions): Promise<ManagedProcess> =>
  startProcess({ ...rest, command: [process.execPath, '--import', endWithParent, entry, ...args], tie: 'ipc' })
