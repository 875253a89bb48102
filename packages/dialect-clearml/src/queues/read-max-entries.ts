import { type QueryRequest, readWhole } from '../query/request.ts'

export const readMaxEntries = (request: QueryRequest): number | undefined => readWhole(request, 'max_task_entries', 0)
