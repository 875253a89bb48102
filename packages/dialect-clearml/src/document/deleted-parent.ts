import { deletedName } from '@inferq/domain'

/** Whether a parent is what is left of a task that was deleted. */
export const isDeletedParent = (parent: string): boolean => parent.startsWith(deletedName(''))
