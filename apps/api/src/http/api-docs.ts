import swagger from '@fastify/swagger'
import { jobs } from '@inferq/contracts'
import apiReference from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'

const introduction = `Hand in tasks for model work, watch them, read what came back.

Every request needs a credential's secret key: \`X-API-KEY: <secret key>\` or \`Authorization: Bearer <secret key>\`.
An error is \`{"error": {"code", "message", "issues"}}\`; \`issues\` says field by field what was wrong.`

/** Each job with the schemas that its tasks are held against, from the same catalogue. */
const jobsText = Object.values(jobs).map(({ name, summary, input, result }) => {
  const schema = (of: z.ZodType) => JSON.stringify(z.toJSONSchema(of, { io: 'input' }), null, 2)
  return `## ${name}\n\n${summary}\n\nInput:\n\n\`\`\`json\n${schema(input)}\n\`\`\`\n\nResult:\n\n\`\`\`json\n${schema(result)}\n\`\`\``
})

const description = [introduction, '# Jobs', ...jobsText].join('\n\n')

/** OpenAPI 3.1 from the routes' own zod schemas; must be registered before them. */
export async function apiDocs(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Inferq', version: '1', description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      components: {
        securitySchemes: {
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-KEY' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ apiKey: [] }, { bearer: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  await app.register(apiReference, {
    routePrefix: '/docs',
    configuration: { telemetry: false, withDefaultFonts: false },
  })
}
