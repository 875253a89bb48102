import { type Call, unnamedWorker } from '../call.ts'

/** What the host or agent that calls is named; nothing where it says no name. */
export const agentOf = ({ worker }: Call): { agent?: string } => (worker === unnamedWorker ? {} : { agent: worker })
