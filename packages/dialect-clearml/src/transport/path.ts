import { type ApiVersion, apiVersion } from '../call.ts'

export interface Target {
  /** `tasks.get_by_id`. */
  endpoint: string
  version: ApiVersion
  /** As it was written in the URL, else this server's own. */
  requestedVersion: string
}

const form = /^\/(?:v(\d+\.?\d+)\/)?([a-zA-Z_]\w+\.[a-zA-Z_]\w+)\/?$/

/** `/v2.23/tasks.get_all` or `/tasks.get_all`, without the query; null: it has another form. */
export function parsePath(path: string): Target | null {
  const match = form.exec(path)
  if (match === null) return null
  const requestedVersion = match[1] ?? formatVersion(apiVersion)
  return { endpoint: match[2] as string, version: parseVersion(requestedVersion), requestedVersion }
}

export function parseVersion(text: string): ApiVersion {
  const [major, minor] = text.split('.')
  return [Number(major), Number(minor ?? 0)]
}

export const formatVersion = ([major, minor]: ApiVersion): string => `${major}.${minor}`
