import swagger from '@fastify/swagger'
import apiReference from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

const description = `Hand in tasks for model work, watch them, read what came back.

Every request needs a credential's secret key: \`X-API-KEY: <secret key>\` or \`Authorization: Bearer <secret key>\`.
An error is \`{"error": {"code", "message", "issues"}}\`; \`issues\` says field by field what was wrong.`

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
