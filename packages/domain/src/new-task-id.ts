import type { TaskId } from '@inferq/contracts'
import { v7 as uuidv7 } from 'uuid'

/** A task's id, made before its row: ids sort by the time they were made. */
export const newTaskId = (): TaskId => uuidv7().replaceAll('-', '')
