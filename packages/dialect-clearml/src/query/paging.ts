import { ApiError } from '../errors/api-error.ts'
import { type QueryRequest, readWhole } from './request.ts'

/** Also what a page holds when none is asked for. */
const maxPageSize = 500

export function readPage(request: QueryRequest): { offset: number; limit: number } {
  if (request.page_size === null) {
    throw new ApiError('missingRequiredFields', 'page_size is required when page is requested', { field: 'page_size' })
  }
  const page = readWhole(request, 'page', 0) ?? 0
  const pageSize = Math.min(readWhole(request, 'page_size', 1) ?? maxPageSize, maxPageSize)
  return { offset: page * pageSize, limit: pageSize }
}
