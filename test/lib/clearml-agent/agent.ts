import { join } from 'node:path'
import { type ManagedProcess, startNode, until } from '@inferq/testkit'
import { accessKey, secretKey } from '../inferq.ts'
import type { DaemonOptions } from './daemon.ts'
import type { Said } from './say.ts'

export interface AgentOptions extends Pick<DaemonOptions, 'queues'>, Partial<Pick<DaemonOptions, 'intervalMs'>> {
  /** Its host; the agent's own id is `<host>:0`. */
  host: string
  /** The first line after which it freezes: `pop`, `started`, `step`, ... */
  pauseAfter?: string
}

/** A process that speaks to a server as clearml-agent does, and says on stdout what it does. */
export interface SimulatedAgent {
  /** `<host>:0`. */
  readonly worker: string
  readonly process: ManagedProcess
  /** All lines so far, or those of one kind. */
  said(did?: string): readonly Said[]
  /** Waits for the first line of this kind that has all these fields. Throws when the agent ends before. */
  until(did: string, fields?: Readonly<Record<string, unknown>>): Promise<Said>
}

const timeoutMs = 30_000
const usualIntervalMs = 50

export async function startAgent(url: string, options: AgentOptions): Promise<SimulatedAgent> {
  const { host, intervalMs = usualIntervalMs, ...rest } = options
  const worker = `${host}:0`
  const said: Said[] = []
  const agent = await startNode({
    name: `agent ${host}`,
    entry: join(import.meta.dirname, 'main.ts'),
    args: [JSON.stringify({ ...rest, url, accessKey, secretKey, worker, host, intervalMs })],
    onLine(line) {
      if (line.startsWith('{')) said.push(JSON.parse(line))
    },
  })
  const find = (did: string, fields: Readonly<Record<string, unknown>>) =>
    said.find((one) => one.did === did && Object.entries(fields).every(([key, value]) => one[key] === value))
  return {
    worker,
    process: agent,
    said: (did) => (did === undefined ? [...said] : said.filter((one) => one.did === did)),
    async until(did, fields = {}) {
      const what = `agent ${host} to say ${did} ${JSON.stringify(fields)}`
      const found = await until(() => find(did, fields) ?? (agent.isRunning() ? null : 'ended'), { what, timeoutMs })
      if (found !== 'ended') return found
      throw new Error(`waited for ${what}; it has ended: ${agent.tail()}`)
    },
  }
}
