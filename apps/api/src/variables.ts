import { defaultQueueName, QueueName } from '@inferq/contracts'
import {
  commaSeparated,
  commonVariables,
  flag,
  networks,
  seconds,
  secret,
  text,
  type Variables,
  variable,
  wholeNumber,
} from '@inferq/service'
import { z } from 'zod'

const databaseUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/\S+$/, 'is not an address like postgres://user:password@host/name')

/** Every setting of the api, in the order in which they are documented. */
export const variables = {
  HOST: variable('127.0.0.1', 'Address to listen on.', text),
  PORT: variable('8008', 'Port to listen on.', wholeNumber(0, 65_535)),
  INFERQ_FILES_PORT: variable(
    null,
    'Port on which the file server listens alone, 8081 by custom. Absent: it is under `/files` of the api only.',
    wholeNumber(0, 65_535).optional(),
  ),
  DATABASE_URL: secret(
    null,
    'The record: Postgres 15 or newer. Absent: an embedded Postgres in the data folder, for one api only.',
    databaseUrl.optional(),
  ),
  ...commonVariables,
  INFERQ_ACCESS_KEY: variable(null, 'Access key of the first credential. Absent: one is made up.', text.optional()),
  INFERQ_SECRET_KEY: secret(
    null,
    'Secret key of the first credential. Absent: one is made up and printed once.',
    text.optional(),
  ),
  INFERQ_QUEUE_CAPACITY: variable(
    '100000',
    'Tasks that may wait in one queue; more are answered 429.',
    wholeNumber(1, 10_000_000),
  ),
  INFERQ_MAX_QUEUES: variable('1000', 'Queues that one company may have.', wholeNumber(1, 100_000)),
  INFERQ_MAX_BODY_BYTES: variable('16777216', 'Size of the largest request body.', wholeNumber(1_024, 1_073_741_824)),
  INFERQ_MAX_FILE_BYTES: variable(
    '53687091200',
    'Size of the largest file that can be uploaded to the file server.',
    wholeNumber(1_024, Number.MAX_SAFE_INTEGER),
  ),
  INFERQ_FILES_QUOTA_BYTES: variable(
    '0',
    'Size of all uploaded files of one company; 0: no limit.',
    wholeNumber(0, Number.MAX_SAFE_INTEGER),
  ),
  INFERQ_FILES_GRACE_SECONDS: variable(
    '600',
    'How long the uploaded files of a deleted task stay on the disk, unseen, for clients that delete them themselves.',
    seconds(31_536_000),
  ),
  INFERQ_EVENTS_RETENTION_DAYS: variable(
    '0',
    'How long the events of a task or model are kept after the last one came; 0: until it is reset or deleted.',
    wholeNumber(0, 36_500),
  ),
  INFERQ_CORS_ORIGINS: variable('', 'Origins whose pages may call the API, separated by commas.', commaSeparated),
  INFERQ_TRUSTED_PROXIES: variable(
    '',
    'Addresses and networks (`10.0.0.0/8`) of the proxies in front of the api, separated by commas. Their `X-Forwarded-Proto` and `X-Forwarded-Host` are believed, so that links say `https` and the public name.',
    networks,
  ),
  INFERQ_CLEARML_STRICT_ENQUEUE: variable(
    'false',
    'Over the ClearML API, only tasks that are `created` and have a script can be enqueued, as its reference page says; its own server takes more.',
    flag,
  ),
  INFERQ_CLEARML_LEASE_SECONDS: variable(
    '300',
    'How long an agent may hold a task before it starts it; then the task goes back to the front of its queue.',
    wholeNumber(1, 86_400),
  ),
  INFERQ_CLEARML_SILENCE_SECONDS: variable(
    '7200',
    'How long a started task of an agent may give no sign of life; then it is stopped, and says that its machine was lost. Agents give one each minute.',
    wholeNumber(1, 31_536_000),
  ),
  INFERQ_DEEPOMATIC_QUEUE: variable(
    defaultQueueName,
    'Queue of the tasks that come over the Deepomatic API, which has no word for it.',
    QueueName,
  ),
  INFERQ_TWELVELABS_QUEUE: variable(
    defaultQueueName,
    'Queue of the tasks that come over the TwelveLabs API, which has no word for it.',
    QueueName,
  ),
  INFERQ_TWELVELABS_RETENTION_DAYS: variable(
    '7',
    'How long a task of the TwelveLabs API is kept and shown after it was made; 0: until it is deleted.',
    wholeNumber(0, 36_500),
  ),
  INFERQ_API_GRACE_SECONDS: variable('10', 'After SIGTERM: how long requests may go on.', seconds(600)),
} as const satisfies Variables
