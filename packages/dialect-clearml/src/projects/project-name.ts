import { projectPath } from '@inferq/domain'
import { checkedName } from '../document/check-fields.ts'
import { ApiError } from '../errors/api-error.ts'

/** The path as it is kept. Throws 400/407 for an empty path, 400/800 for one of less than 3 characters. */
export function projectName(given: string): string {
  const name = projectPath(given).join('/')
  if (name === '') throw new ApiError('invalidProjectName', 'expected a path that is not empty', { name: given })
  return checkedName(name, 'project')
}

/** The path of the project above; empty at the top. */
export const locationOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')))
