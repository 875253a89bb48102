import type { Condition } from '@inferq/domain'

type Expand = (projects: readonly string[]) => Promise<readonly string[]>

/** The same condition, where a project that `field` names stands for itself and all below it. */
export async function withSubprojects(
  condition: Condition,
  expand: Expand,
  field: 'project' | 'parent' = 'project',
): Promise<Condition> {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const of = await Promise.all(condition.of.map((part) => withSubprojects(part, expand, field)))
      return { ...condition, of }
    }
    case 'not':
      return { ...condition, of: await withSubprojects(condition.of, expand, field) }
    case 'any_of':
      if (condition.field.length !== 1 || condition.field[0] !== field) return condition
      return { ...condition, values: await expand(condition.values) }
    default:
      return condition
  }
}
