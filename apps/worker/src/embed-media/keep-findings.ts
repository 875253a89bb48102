import type { HandlerContext } from '../define-handler.ts'
import { type Findings, sizeOf } from './findings.ts'
import { readFindings, type Work, writeFindings } from './partial-format.ts'

/** Of the time that an attempt takes. */
const maxShare = 0.05

/** Keeps what is found for a later attempt, beside the work: a file that cannot be written costs that attempt time, no more. */
export class FindingsKeeper {
  readonly #partials: HandlerContext['partials']
  readonly #work: Work
  readonly #everyMs: number
  #saving: Promise<void> | undefined
  #nextAt: number
  #savedSize = 0

  constructor(partials: HandlerContext['partials'], work: Work, everyMs: number) {
    this.#partials = partials
    this.#work = work
    this.#everyMs = everyMs
    this.#nextAt = performance.now() + everyMs
  }

  /** What was kept by an attempt before; `nothing` when there is none that could be used. */
  async load(nothing: Findings): Promise<Findings> {
    const bytes = await this.#partials.load().catch(() => null)
    const findings = (bytes && readFindings(this.#work, bytes)) ?? nothing
    this.#savedSize = sizeOf(findings)
    return findings
  }

  /** To be called often: it seldom does anything. */
  keep(findings: Findings): void {
    if (this.#saving || performance.now() < this.#nextAt || sizeOf(findings) === this.#savedSize) return
    this.#saving = this.#save(findings)
  }

  /** Nothing is on its way to the file any more. */
  async settled(): Promise<void> {
    await this.#saving
  }

  async #save(findings: Findings): Promise<void> {
    const startedAt = performance.now()
    this.#savedSize = sizeOf(findings)
    await this.#partials.save(writeFindings(this.#work, findings)).catch(() => {})
    const now = performance.now()
    this.#nextAt = now + Math.max(this.#everyMs, (now - startedAt) / maxShare)
    this.#saving = undefined
  }
}
