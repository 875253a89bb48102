import type { Ports } from '../ports.ts'

const pageSize = 500

/**
 * Puts back at the front of their queues the tasks that an agent took and did not start in time, so that none is lost
 * between the two. Answers how many.
 */
export async function returnLeases({ tasks, agentsLine }: Pick<Ports, 'tasks' | 'agentsLine'>): Promise<number> {
  let returned = 0
  for (const { company, id } of await tasks.listOverdueLeases(pageSize)) {
    if (await agentsLine.returnToLine(company, id)) returned++
  }
  return returned
}
