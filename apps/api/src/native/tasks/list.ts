import { QueueName, Tag, TaskId, TaskPage, TaskStatus } from '@inferq/contracts'
import { DomainError } from '@inferq/domain'
import { z } from 'zod'
import { type NativeRoute, refusals } from '../route.ts'
import { taskView } from '../task-view.ts'

const maxPageSize = 500

/** `?tag=a&tag=b` and `?tag=a` alike. */
const repeated = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(20).optional(),
  )

const Query = z.object({
  status: repeated(TaskStatus).meta({ description: 'Any of these; may be repeated.' }),
  queue: QueueName.optional(),
  job: z.string().optional(),
  name: z.string().optional().meta({ description: 'The exact name.' }),
  tag: repeated(Tag).meta({ description: 'All of these; may be repeated.' }),
  cursor: z.string().optional().meta({ description: '`next_cursor` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(maxPageSize).default(50),
})

export const tasksList: NativeRoute = (app, { operations }) => {
  app.get(
    '/tasks',
    {
      schema: {
        summary: 'List tasks, newest first',
        description: 'Without inputs and results.',
        tags: ['tasks'],
        querystring: Query,
        response: { 200: TaskPage, ...refusals },
      },
    },
    async ({ query, caller }) => {
      const { status, tag, cursor, limit, ...filters } = query
      const tasks = await operations.listTasks(caller.company, {
        ...filters,
        ...(status ? { statuses: status } : {}),
        ...(tag ? { tags: tag } : {}),
        ...(cursor === undefined ? {} : { beforeId: readCursor(cursor) }),
        limit: limit + 1,
      })
      const page = tasks.slice(0, limit)
      const last = page.at(-1)
      return {
        tasks: page.map((task) => taskView(task)),
        next_cursor: tasks.length > limit && last ? writeCursor(last.id) : null,
      }
    },
  )
}

const writeCursor = (id: TaskId) => Buffer.from(id, 'hex').toString('base64url')

function readCursor(cursor: string): TaskId {
  const id = TaskId.safeParse(Buffer.from(cursor, 'base64url').toString('hex'))
  if (id.success) return id.data
  throw new DomainError('CURSOR_INVALID', 'the cursor is not one that this API gave out', {
    issues: [{ field: 'querystring.cursor', problem: 'is not a next_cursor of an earlier page' }],
  })
}
