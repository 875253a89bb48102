import type { RecognitionNetwork } from '@inferq/domain'
import type { Call } from '../call.ts'
import type { DeepomaticServices } from '../services.ts'
import { type Described, publicNames } from './public-names.ts'

/** A model that can be used, for one of the jobs that it does. */
export interface Offer extends Described {
  /** Its id among the public specifications. */
  name: string
}

const freshMs = 1_000

interface Seen {
  offers: Promise<readonly Offer[]>
  until: number
}
const seen = new WeakMap<DeepomaticServices, Map<string, Seen>>()

/** What workers offer this company, by name. Every inference asks for it, so it is remembered for a moment. */
export function offersOf({ services, caller: { company } }: Call): Promise<readonly Offer[]> {
  const companies = seen.get(services) ?? new Map<string, Seen>()
  seen.set(services, companies)
  const last = companies.get(company)
  if (last && last.until > performance.now()) return last.offers
  // Tasks can be handed in while Redis is away; what was seen last is the best there is then.
  const offers = readOffers(services, company).catch((error) => {
    if (last) return last.offers
    companies.delete(company)
    throw error
  })
  companies.set(company, { offers, until: performance.now() + freshMs })
  return offers
}

async function readOffers(services: DeepomaticServices, company: string): Promise<readonly Offer[]> {
  const models = await services.imageModels(company)
  const networks = await services.recognition.networks(company, [...new Set(models.map(({ name }) => name))])
  const byName = new Map(networks.map((network) => [network.name, network]))
  const described = models.flatMap((model) => withNetwork(model, byName))
  return publicNames(described).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function withNetwork(model: Described['model'], networks: ReadonlyMap<string, RecognitionNetwork>): Described[] {
  const network = networks.get(model.name)
  return network ? [{ model, network }] : []
}
