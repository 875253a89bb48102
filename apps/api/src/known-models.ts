import type { TaskQueue } from '@inferq/domain'

const freshMs = 2_000

/**
 * The models a task may ask for: those configured here, those that live workers announce, and those for images that
 * workers had in the last days, for which tasks wait.
 */
export function createKnownModels(configured: readonly string[], line: Pick<TaskQueue, 'watchers' | 'imageModels'>) {
  const seen = new Map<string, { models: readonly string[]; until: number }>()

  async function announced(company: string): Promise<string[]> {
    const [workers, images] = await Promise.all([line.watchers(company), line.imageModels(company)])
    return [...workers.flatMap(({ models }) => models), ...images].map(({ name }) => name)
  }

  return async (company: string): Promise<readonly string[]> => {
    const cached = seen.get(company)
    if (cached && cached.until > Date.now()) return cached.models
    // While Redis is away what was seen last is the best there is.
    const names = await announced(company).catch(() => cached?.models ?? [])
    const models = [...new Set([...configured, ...names])]
    seen.set(company, { models, until: Date.now() + freshMs })
    return models
  }
}
