/** A worker that pulls over HTTP, as it registered and last reported. */
export interface Agent {
  /** The name that it calls itself. */
  id: string
  /** Unique over users and companies. */
  key: string
  company: string
  user: string
  ip: string
  /** Queue ids, by its own priority. */
  queues: readonly string[]
  tags: readonly string[]
  systemTags: readonly string[]
  registerTimeoutSeconds: number
  registeredAt: Date
  lastActivityAt: Date
  lastReportAt: Date | null
  /** The task that it runs, and the queue it took it from. */
  task: string | null
  queue: string | null
  runtime: Readonly<Record<string, string>>
}

/** Agents alive now. Each is forgotten when it has been silent for its own timeout; what it holds is on the tasks' rows. */
export interface AgentRegistry {
  put(agent: Agent): Promise<void>
  find(company: string, user: string, id: string): Promise<Agent | null>
  list(company: string): Promise<readonly Agent[]>
  /** False: it was not registered. */
  remove(company: string, user: string, id: string): Promise<boolean>
}
