export { isAllowEntry } from './allow-list.ts'
export { createFetcher } from './fetcher.ts'
export type { Fetched, Fetcher, FetcherOptions, FetchOptions, Opened } from './types.ts'
