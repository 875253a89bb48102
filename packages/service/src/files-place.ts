import { join, resolve } from 'node:path'
import { z } from 'zod'
import { ConfigError } from './read-settings.ts'
import { secret, type ValuesOf, variable } from './variable.ts'

const text = z.string()
const endpoint = z.string().regex(/^https?:\/\/[^\s/?#@]+\/?$/, 'is not an address like https://host:9000')

/** Where files lie: in a folder, or in a bucket. The same for all programs, since one reads what the other wrote. */
export const filesVariables = {
  INFERQ_FILES_DIR: variable(
    null,
    'Folder of large inputs and results and of uploaded files, which api and workers share. Absent: `files` in the data folder.',
    text.optional(),
  ),
  INFERQ_S3_BUCKET: variable(null, 'Bucket to keep those files in, in place of a folder.', text.optional()),
  INFERQ_S3_ENDPOINT: variable(
    null,
    "Address of the server that has the bucket, which may be any that speaks S3. Absent: Amazon's.",
    endpoint.optional(),
  ),
  INFERQ_S3_REGION: variable(null, 'Region of the bucket. Absent: `us-east-1`.', text.optional()),
  INFERQ_S3_PREFIX: variable(null, 'What the names of all objects begin with, such as `inferq/`.', text.optional()),
  INFERQ_S3_ACCESS_KEY: variable(
    null,
    "Access key to the bucket. Absent: as Amazon's SDK finds one, in its own variables and files or from the machine.",
    text.optional(),
  ),
  INFERQ_S3_SECRET_KEY: secret(null, 'The secret key that belongs to it.', text.optional()),
} as const

type Values = ValuesOf<typeof filesVariables>

/** Throws a ConfigError for settings that contradict each other. */
export function filesPlaceOf(values: Values, dataDir: string) {
  const problems = contradictionsIn(values)
  if (problems.length > 0) throw new ConfigError(problems)
  if (values.INFERQ_S3_BUCKET === undefined)
    return { folder: resolve(values.INFERQ_FILES_DIR ?? join(dataDir, 'files')) }
  return {
    s3: {
      bucket: values.INFERQ_S3_BUCKET,
      endpoint: values.INFERQ_S3_ENDPOINT ?? null,
      region: values.INFERQ_S3_REGION ?? 'us-east-1',
      prefix: (values.INFERQ_S3_PREFIX ?? '').replace(/^\/+/, '').replace(/([^/])\/*$/, '$1/'),
      credentials: credentialsIn(values),
    },
  }
}

function credentialsIn({ INFERQ_S3_ACCESS_KEY: accessKey, INFERQ_S3_SECRET_KEY: secretKey }: Values) {
  return accessKey === undefined || secretKey === undefined ? null : { accessKey, secretKey }
}

function contradictionsIn(values: Values): string[] {
  const { INFERQ_S3_BUCKET: bucket, INFERQ_FILES_DIR: folder, ...rest } = values
  const problems: string[] = []
  if (bucket === undefined) {
    const set = Object.entries(rest).filter(([name, value]) => name.startsWith('INFERQ_S3_') && value !== undefined)
    problems.push(...set.map(([name]) => `${name} is set, and INFERQ_S3_BUCKET is not`))
  } else if (folder !== undefined) {
    problems.push('INFERQ_FILES_DIR and INFERQ_S3_BUCKET are both set: files lie in one of them')
  }
  if ((rest.INFERQ_S3_ACCESS_KEY === undefined) !== (rest.INFERQ_S3_SECRET_KEY === undefined)) {
    problems.push('INFERQ_S3_ACCESS_KEY and INFERQ_S3_SECRET_KEY belong together: set both or neither')
  }
  return problems
}
