import type { ImageModelDescription } from '@inferq/contracts'
import type { RecognitionNetwork } from '@inferq/domain'

export interface Described {
  network: RecognitionNetwork
  model: ImageModelDescription
}

/**
 * The ids under which models are public: lower case, digits and `-`, each once. Of two models that would have the same one
 * it is the older's; the other's ends in the number of its network.
 */
export function publicNames<Item extends Described>(items: readonly Item[]): (Item & { name: string })[] {
  const taken = new Set<string>()
  const oldestFirst = items.toSorted((a, b) => a.network.id - b.network.id || a.model.job.localeCompare(b.model.job))
  return oldestFirst.map((item) => {
    const plain = plainName(item, items)
    const name = taken.has(plain) ? `${plain}-${item.network.id}` : plain
    taken.add(name)
    return { ...item, name }
  })
}

function plainName({ model: { name, job } }: Described, all: readonly Described[]): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  const doesBoth = all.some(({ model }) => model.name === name && model.job !== job)
  return `${plain || 'model'}${doesBoth && job === 'detect.image' ? '-boxes' : ''}`
}
