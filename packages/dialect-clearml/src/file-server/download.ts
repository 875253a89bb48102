import type { ArtifactFiles } from '@inferq/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { attachmentHeader, typeHeaders } from './content-type.ts'
import { FileError, notFound } from './errors.ts'
import { type Plan, planDownload } from './plan.ts'
import { isSameVersion } from './version.ts'

/** How often a file may be replaced between the look at it and the read. */
const maxLooks = 3

/** Answers a file, or the part of it that is asked for. Throws `404`. */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { artifacts, company, path }: { artifacts: ArtifactFiles; company: string; path: string },
): Promise<FastifyReply> {
  for (let look = 1; look <= maxLooks; look++) {
    const facts = await artifacts.stat(company, path)
    if (facts === null) throw notFound()
    const plan = planDownload(request.headers, facts)
    if (plan.part === undefined || request.method === 'HEAD') return announce(request, reply, plan, path).send()
    const file = await artifacts.read(company, path, plan.part === 'all' ? undefined : plan.part)
    if (file === null) throw notFound()
    if (isSameVersion(facts, file)) return announce(request, reply, plan, path).send(file.body)
    file.body.destroy()
  }
  throw new FileError(503, 'the file is being replaced all the time; try again')
}

function announce(request: FastifyRequest, reply: FastifyReply, { status, headers, part }: Plan, path: string) {
  reply.code(status).headers(headers)
  if (part === undefined) return reply
  reply.headers(typeHeaders(path))
  if (Object.hasOwn(request.query as object, 'download')) reply.header('content-disposition', attachmentHeader(path))
  return reply
}
