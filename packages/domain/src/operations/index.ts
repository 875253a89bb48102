import type { Outcome } from '@inferq/contracts'
import { findTask } from '../find-task.ts'
import type { Ports, TaskQuery } from '../ports.ts'
import { type Archiving, archiveTask, unarchiveTask } from './archive-task.ts'
import { type Deletion, deleteDetailed, deleteTask } from './delete-task.ts'
import { dequeueTask } from './dequeue-task.ts'
import { enqueueTask, retryTask } from './enqueue-task.ts'
import { type Entry, enterQueue } from './enter-queue.ts'
import { type Leave, leaveAgentsLines, leaveQueue, leaveQueueFor } from './leave-queue.ts'
import type { Move } from './move.ts'
import { type ClientMove, moveStatus } from './move-status.ts'
import { type Publication, publishTask } from './publish-task.ts'
import { queueOperations } from './queue-operations.ts'
import { recordOutcomes } from './record-outcomes.ts'
import { type Reset, resetDetailed, resetTask } from './reset-task.ts'
import { cancelTask, type StopRequest, stopByClient, stopTask } from './stop-task.ts'
import { type Submission, submitTasks } from './submit-tasks.ts'

/** Everything the core can do. Dialects and the native API call these and nothing below them. */
export const createOperations = (ports: Ports) => ({
  submitTasks: (submissions: readonly Submission[]) => submitTasks(ports, submissions),
  findTask: (company: string, id: string) => findTask(ports, company, id),
  listTasks: (company: string, query: TaskQuery) => ports.tasks.listTasks(company, query),
  enqueueTask: (company: string, id: string, queue?: string) => enqueueTask(ports, company, id, queue),
  dequeueTask: (company: string, id: string) => dequeueTask(ports, company, id),
  stopTask: (company: string, id: string, reason?: string) => stopTask(ports, company, id, reason),
  cancelTask: (company: string, id: string) => cancelTask(ports, company, id),
  retryTask: (company: string, id: string) => retryTask(ports, company, id),
  resetTask: (company: string, id: string) => resetTask(ports, company, id),
  deleteTask: (company: string, id: string) => deleteTask(ports, company, id),
  recordOutcomes: (outcomes: readonly Outcome[]) => recordOutcomes(ports, outcomes),

  moveStatus: (company: string, id: string, transition: ClientMove, move: Move) =>
    moveStatus(ports, company, id, transition, move),
  publishTask: (company: string, id: string, publication: Publication) => publishTask(ports, company, id, publication),
  enterQueue: (company: string, id: string, entry: Entry) => enterQueue(ports, company, id, entry),
  leaveQueue: (company: string, id: string, leave: Leave) => leaveQueue(ports, company, id, leave),
  leaveQueueFor: (company: string, id: string, options: { queueId: string; by: string; reason: string }) =>
    leaveQueueFor(ports, company, id, options),
  leaveAgentsLines: (company: string, id: string) => leaveAgentsLines(ports, company, id),
  stopByClient: (company: string, id: string, stop: StopRequest) => stopByClient(ports, company, id, stop),
  archiveTask: (company: string, id: string, archiving: Archiving) => archiveTask(ports, company, id, archiving),
  unarchiveTask: (company: string, id: string, archiving: Archiving) => unarchiveTask(ports, company, id, archiving),
  resetDetailed: (company: string, id: string, reset: Reset) => resetDetailed(ports, company, id, reset),
  deleteDetailed: (company: string, id: string, deletion: Deletion) => deleteDetailed(ports, company, id, deletion),

  ...queueOperations(ports),
})

export type Operations = ReturnType<typeof createOperations>
