import { defaultAudioModel, defaultCompanyId, defaultQueueName, maxImageBytes, maxMediaBytes } from '@inferq/contracts'
import { isAllowEntry } from '@inferq/fetcher'
import {
  commaSeparated,
  commonVariables,
  flag,
  localModels,
  queueNames,
  seconds,
  secret,
  text,
  type Variables,
  variable,
  wholeNumber,
} from '@inferq/service'
import { z } from 'zod'

const allowed = commaSeparated.pipe(
  z.array(z.string().refine(isAllowEntry, 'has an entry that is no host name, IP address or CIDR')),
)

/** Every setting of a worker, in the order in which they are documented. */
export const variables = {
  ...commonVariables,
  INFERQ_AUDIO_MODELS: variable(
    defaultAudioModel,
    'Models that make vectors of sound, written as those for images are; `none` for none. A worker that has not got what ' +
      'the built-in one needs goes without it; any other model must load.',
    localModels,
  ),
  INFERQ_SPEECH_MODELS: variable(
    'none',
    'Models that write down what is said, in the same way; none comes with Inferq.',
    localModels,
  ),
  INFERQ_QUEUES: variable(defaultQueueName, 'Queues to take jobs from, separated by commas.', queueNames),
  INFERQ_CONCURRENCY: variable('8', 'Jobs that run at once, per queue.', wholeNumber(1, 1_000)),
  INFERQ_COMPANY: variable(
    defaultCompanyId,
    'Whose queues they are: the id of a company.',
    z.string().regex(/^[0-9a-f]{32}$/, 'is not a company id, which is 32 lower-case hex digits'),
  ),
  INFERQ_WORKER_ID: variable(
    null,
    'Under which name it reports; unique among the workers of a company. Absent: host, process and a random part.',
    z.string().max(200, 'is longer than 200 characters').optional(),
  ),
  INFERQ_MODELS_DIR: variable(null, 'Folder of models. Absent: `models` in the data folder.', text.optional()),
  INFERQ_DEVICE: variable(
    'auto',
    'Where models compute: `auto` (CUDA where it works, else the CPU), `cpu`, `cuda` or `webgpu`.',
    z.enum(['auto', 'cpu', 'cuda', 'webgpu'], 'is none of auto, cpu, cuda, webgpu'),
  ),
  INFERQ_ENGINE_THREADS: variable(
    null,
    'Threads of one inference on the CPU. Absent: all cores.',
    wholeNumber(1, 1_024).optional(),
  ),
  INFERQ_MAX_BATCH_ITEMS: variable(
    null,
    'Texts that go through a model at once. Absent: what suits the device.',
    wholeNumber(1, 100_000).optional(),
  ),
  INFERQ_MAX_BATCH_TOKENS: variable(
    null,
    'Tokens that go through a model at once. Absent: what suits the device.',
    wholeNumber(1, 100_000_000).optional(),
  ),
  INFERQ_ALLOW_REMOTE_MODELS: variable('true', 'Whether models may be downloaded from the hub.', flag),
  INFERQ_HTTP_ENGINE_API_KEY: secret(null, 'Sent as bearer token to model servers.', text.optional()),
  INFERQ_MAX_IMAGE_BYTES: variable(
    String(maxImageBytes),
    'Size of the largest image that is read, as it comes.',
    wholeNumber(1_024, maxImageBytes),
  ),
  INFERQ_MAX_IMAGE_PIXELS: variable(
    '100000000',
    'Pixels of the largest image that is decoded.',
    wholeNumber(1, 1_000_000_000),
  ),
  INFERQ_MAX_TASK_IMAGE_BYTES: variable(
    '268435456',
    'Size of all images of one task together; a worker holds that much for each job that it runs.',
    wholeNumber(1_024, 17_179_869_184),
  ),
  INFERQ_FETCH_ALLOW: variable(
    '',
    'What tasks may have fetched by address although it is inside, separated by commas: `files.lan`, `*.lan`, `10.0.0.7`, `10.1.0.0/16`. All else that is not on the public internet is refused.',
    allowed,
  ),
  INFERQ_FETCH_TIMEOUT_SECONDS: variable('60', 'How long one address may take to be fetched.', seconds(3_600)),
  INFERQ_MAX_MEDIA_BYTES: variable(
    String(maxMediaBytes),
    'Size of the largest audio or video file that is read.',
    wholeNumber(1_024, maxMediaBytes),
  ),
  INFERQ_MEDIA_FETCH_TIMEOUT_SECONDS: variable(
    '3600',
    'How long one audio or video file may take to be fetched by its address.',
    seconds(21_600),
  ),
  INFERQ_SCRATCH_DIR: variable(
    null,
    'Folder of audio and video files while a job reads them. Absent: `scratch` in the data folder.',
    text.optional(),
  ),
  INFERQ_SCRATCH_BYTES: variable(
    '17179869184',
    'Size of all of them together, of this worker; a job whose file has no room waits until others are done with theirs.',
    wholeNumber(1_024, Number.MAX_SAFE_INTEGER),
  ),
  FFMPEG_PATH: variable(
    null,
    'The program that reads audio and video. Absent: `ffmpeg` on the PATH, then the one of the optional npm package. A worker without it runs all other jobs.',
    text.optional(),
  ),
  FFPROBE_PATH: variable(null, 'The same of `ffprobe`, which belongs to it.', text.optional()),
  INFERQ_SHUTDOWN_GRACE_SECONDS: variable(
    '25',
    'After SIGTERM: how long running jobs may go on. Then they are aborted and go back to their queue.',
    seconds(86_400),
  ),
  INFERQ_SHUTDOWN_FORCE_SECONDS: variable(
    '5',
    'How long aborted jobs may take to end. Then the process ends without them, and other workers recover them.',
    seconds(3_600),
  ),
} as const satisfies Variables
