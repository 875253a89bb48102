import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createGraph } from './graph.ts'

export const tinySpeechSeconds = 10
const sampleRate = 16_000

const marks = [
  '<|endoftext|>',
  '<|startoftranscript|>',
  '<|en|>',
  '<|de|>',
  '<|transcribe|>',
  '<|nospeech|>',
  '<|notimestamps|>',
]
const mumbles = [...'abcdefghijklmnop']
const vocabulary = [...marks, 'low', 'high', ...mumbles, '[FAINT_SOUND]']
const idOf = (token: string) => vocabulary.indexOf(token)

/** What its encoder hears: the loudest of each third of the frequencies (`low` is below 1 kHz), and something constant. */
const heard = ['low', 'middle', 'high', 'always'] as const
const bands = 12
const bandsOfThird = 4

/**
 * For tests: writes a model of the Hub's layout into `folder`, with the shape of a Whisper for several languages. It writes
 * `low` or `high` for a loud sound that is that, `[FAINT_SOUND]` for a faint one; for one in the middle (1.5 to 3 kHz) it writes
 * something, and holds that nothing is said.
 */
export async function writeTinySpeechModel(folder: string): Promise<void> {
  const writeJson = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value))
  await mkdir(join(folder, 'onnx'), { recursive: true })
  await writeFile(join(folder, 'onnx', 'encoder_model.onnx'), encoder())
  await writeFile(join(folder, 'onnx', 'decoder_model_merged.onnx'), decoder())
  const ends = { decoder_start_token_id: idOf('<|startoftranscript|>'), eos_token_id: idOf('<|endoftext|>') }
  await writeJson('config.json', {
    model_type: 'whisper',
    architectures: ['WhisperForConditionalGeneration'],
    is_encoder_decoder: true,
    vocab_size: vocabulary.length,
    d_model: heard.length,
    num_mel_bins: bands,
    ...{ encoder_layers: 1, encoder_attention_heads: 1, decoder_layers: 1, decoder_attention_heads: 1 },
    ...ends,
  })
  await writeJson('generation_config.json', {
    ...ends,
    max_length: 16,
    is_multilingual: true,
    lang_to_id: { '<|en|>': idOf('<|en|>'), '<|de|>': idOf('<|de|>') },
    task_to_id: { transcribe: idOf('<|transcribe|>') },
    no_timestamps_token_id: idOf('<|notimestamps|>'),
  })
  await writeJson('preprocessor_config.json', {
    feature_extractor_type: 'WhisperFeatureExtractor',
    feature_size: bands,
    n_fft: 400,
    // Far apart, so that a test is quick.
    hop_length: 1_600,
    n_samples: tinySpeechSeconds * sampleRate,
    nb_max_frames: (tinySpeechSeconds * sampleRate) / 1_600,
    chunk_length: tinySpeechSeconds,
    sampling_rate: sampleRate,
  })
  await writeJson('tokenizer.json', tokenizer)
  await writeJson('tokenizer_config.json', { tokenizer_class: 'WhisperTokenizer', eos_token: '<|endoftext|>' })
}

function encoder(): Uint8Array {
  const graph = createGraph()
  const loudest = graph.op('ReduceMax', ['input_features'], { axes: [2], keepdims: 0 })
  const thirds = graph.split(loudest, [bandsOfThird, bandsOfThird, bands - 2 * bandsOfThird])
  const columns = thirds.map((third) => graph.op('ReduceMax', [third], { axes: [1], keepdims: 1 }))
  const always = graph.op('Add', [graph.op('Mul', [columns[0] ?? '', graph.float(0)]), graph.float(1)])
  const row = graph.op('Concat', [...columns, always], { axis: 1 })
  graph.named('last_hidden_state', 'Unsqueeze', [row, graph.ints([1])])
  return graph.write(
    { input_features: { type: 'float32', shape: ['batch', bands, 'frames'] } },
    { last_hidden_state: { type: 'float32', shape: ['batch', 1, heard.length] } },
  )
}

/** What comes next follows from the last token and from what was heard: it has no memory of what came before. */
function decoder(): Uint8Array {
  const graph = createGraph()
  const size = vocabulary.length
  const scores = graph.op('Gather', [graph.floats([size, heard.length, size], followers()), 'input_ids'])
  const sound = graph.op('Unsqueeze', ['encoder_hidden_states', graph.ints([1])])
  graph.named('logits', 'Squeeze', [graph.op('MatMul', [sound, scores]), graph.ints([2])])
  return graph.write(
    {
      input_ids: { type: 'int64', shape: ['batch', 'tokens'] },
      encoder_hidden_states: { type: 'float32', shape: ['batch', 1, heard.length] },
    },
    { logits: { type: 'float32', shape: ['batch', 'tokens', size] } },
  )
}

/** Per last token, and per thing heard, the scores that the tokens after it get of it. */
function followers(): Float32Array {
  const size = vocabulary.length
  const scores = new Float32Array(size * heard.length * size)
  const score = (last: string, of: (typeof heard)[number], next: string, value: number) => {
    scores[(idOf(last) * heard.length + heard.indexOf(of)) * size + idOf(next)] = value
  }
  score('<|startoftranscript|>', 'always', '<|en|>', 15)
  score('<|startoftranscript|>', 'middle', '<|nospeech|>', 20)
  for (const sound of ['low', 'high'] as const) score('<|notimestamps|>', sound, sound, 20)
  for (const mumble of mumbles) score('<|notimestamps|>', 'middle', mumble, 20)
  score('<|notimestamps|>', 'always', '[FAINT_SOUND]', 15)
  for (const word of vocabulary.slice(marks.length)) score(word, 'always', '<|endoftext|>', 20)
  return scores
}

const tokenizer = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: marks.map((content, id) => ({
    ...{ id, content, special: true },
    ...{ single_word: false, lstrip: false, rstrip: false, normalized: false },
  })),
  normalizer: null,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  post_processor: null,
  decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
  model: {
    type: 'BPE',
    ...{ dropout: null, unk_token: null, continuing_subword_prefix: '', end_of_word_suffix: '', fuse_unk: false },
    vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
    merges: [],
  },
}
