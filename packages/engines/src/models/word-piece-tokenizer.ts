import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const marks = ['[PAD]', '[UNK]', '[CLS]', '[SEP]']
const characters = [...'abcdefghijklmnopqrstuvwxyz0123456789']

export interface WordPieceOptions {
  /** Tokens beside single letters and digits. */
  readonly words: readonly string[]
  readonly maxTokens: number
  readonly isLowerCasing: boolean
}

/** Of a tokenizer that reads the words that it knows, and all else letter by letter; the place of a token is its id. */
export const wordPieces = (words: readonly string[]): string[] => [
  ...marks,
  ...characters,
  ...characters.map((character) => `##${character}`),
  ...words,
]

/** For tests: writes such a tokenizer into the folder of a model. */
export async function writeWordPieceTokenizer(folder: string, options: WordPieceOptions): Promise<void> {
  const writeJson = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value))
  await writeJson('tokenizer.json', tokenizer(options))
  await writeJson('tokenizer_config.json', {
    tokenizer_class: 'BertTokenizer',
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    cls_token: '[CLS]',
    sep_token: '[SEP]',
    model_max_length: options.maxTokens,
  })
}

const idOf = (token: string) => marks.indexOf(token)
const sequence = (id: 'A' | 'B') => ({ Sequence: { id, type_id: id === 'A' ? 0 : 1 } })
const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } })

const tokenizer = ({ words, isLowerCasing }: WordPieceOptions) => ({
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: marks.map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })),
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: isLowerCasing,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [special('[CLS]'), sequence('A'), special('[SEP]')],
    pair: [special('[CLS]'), sequence('A'), special('[SEP]'), sequence('B'), special('[SEP]')],
    special_tokens: Object.fromEntries(['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [idOf(id)], tokens: [id] }])),
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(wordPieces(words).map((token, id) => [token, id])),
  },
})
