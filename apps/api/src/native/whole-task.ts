import type { JsonText, TaskView } from '@inferq/contracts'
import type { Task } from '@inferq/domain'
import type { FastifyReply } from 'fastify'
import type { Services } from '../services.ts'
import { taskView } from './task-view.ts'
import { whyItWaits } from './wait-reason.ts'

/**
 * Answers with the whole of a task: input, result, and what it waits for. Input and result are JSON text already, and a
 * result may be megabytes of numbers, so they go into the answer as they are. For the type system it is the TaskView
 * that the text spells.
 */
export async function wholeTask(services: Services, reply: FastifyReply, task: Task): Promise<TaskView> {
  const [waiting, input, result] = await Promise.all([
    whyItWaits(services, task),
    services.results.input(task),
    services.results.result(task),
  ])
  reply.type('application/json; charset=utf-8')
  return withFields(taskView(task, waiting), { input, result }) as unknown as TaskView
}

export const withFields = (view: object, fields: Record<string, JsonText | null>): JsonText => {
  const members = Object.entries(fields).map(([name, text]) => `,${JSON.stringify(name)}:${text ?? 'null'}`)
  return `${JSON.stringify(view).slice(0, -1)}${members.join('')}}`
}
