import {
  type Credential,
  createOperations,
  DomainError,
  type Operations,
  type Ports,
  type StreamedFiles,
  type Submission,
  type SubmitAnswer,
  type Task,
} from '@inferq/domain'
import { createLine, type Redis, requestConnection, untilReady } from '@inferq/queue'
import type { Store } from '@inferq/store'
import { sharedRedisUrl } from '@inferq/testkit'
import { createTestFiles } from './test-files.ts'
import { openTestStore } from './test-store.ts'

/** The core on real parts, as the api puts it together. Never closed: all of it ends with the test process. */
export interface TestCore {
  readonly store: Store
  readonly redis: Redis
  readonly files: StreamedFiles
  readonly ports: Ports
  readonly operations: Operations
  /** Throws UNAUTHENTICATED. */
  authenticate(secretKey: string): Promise<Credential>
  submit(submission: Submission): Promise<SubmitAnswer>
  /** Input and result of a task as JSON text, wherever they are kept. */
  input(task: Task): Promise<string | null>
  result(task: Task): Promise<string | null>
}

export interface TestCoreOptions {
  queueCapacity: number
  knownModels: (company: string, line: Ports['line']) => Promise<readonly string[]>
}

const silentLog = { warn() {}, error() {} }

export async function openTestCore({ queueCapacity, knownModels }: TestCoreOptions): Promise<TestCore> {
  const store = await openTestStore()
  const redis = requestConnection({ url: sharedRedisUrl(), name: 'test-core', log: silentLog })
  await untilReady(redis, 10_000)
  const line = createLine(redis, silentLog)
  const files = createTestFiles()
  const ports: Ports = {
    tasks: store.tasks,
    queues: store.queues,
    agentsLine: store.agentsLine,
    projects: store.projects,
    models: store.models,
    events: store.events,
    fileRecords: store.fileRecords,
    ...{ line, files },
    limits: { queueCapacity, leaseSeconds: 300 },
    knownModels: (company) => knownModels(company, line),
    onDeferred(what, cause) {
      throw new Error(`${what} was deferred`, { cause })
    },
  }
  const operations = createOperations(ports)
  const read = async (text: string | null, key: string | null) => (key === null ? text : files.getText(key))
  return {
    ...{ store, redis, files, ports, operations },
    async authenticate(secretKey) {
      const credential = await store.credentials.findBySecret(secretKey)
      if (!credential) throw new DomainError('UNAUTHENTICATED', 'the credential is unknown or revoked')
      return credential
    },
    async submit(submission) {
      const [answer] = await operations.submitTasks([submission])
      if (!answer) throw new Error('one submission has one answer')
      return answer
    },
    input: ({ input, inputKey }) => read(input, inputKey),
    result: ({ result, resultKey }) => read(result, resultKey),
  }
}
