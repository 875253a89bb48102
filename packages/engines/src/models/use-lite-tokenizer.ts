import type { UseLiteSource } from './use-lite-source.ts'

export const useLiteMaxTokens = 128

/** The first ids are marks, not pieces of text; this score keeps them from ever being the best way to read one. */
const marks = 6
const neverScore = -100

const metaspace = { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'always', add_prefix_space: true }
const mark = (id: number, content: string) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
})

/** The source's SentencePiece vocabulary in the Hub's `tokenizer.json` format. */
export const useLiteTokenizer = ({ vocabulary }: UseLiteSource) => ({
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: [mark(1, '<s>'), mark(2, '</s>')],
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'NFKC' },
      // SentencePiece reads runs of white space as one space; the Hub's Metaspace does not by itself.
      { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
      { type: 'Strip', strip_left: true, strip_right: true },
    ],
  },
  pre_tokenizer: metaspace,
  post_processor: null,
  decoder: metaspace,
  model: {
    type: 'Unigram',
    unk_id: 0,
    vocab: vocabulary.map(([piece, score], id) => [piece, id < marks ? neverScore : score]),
  },
})

export const useLiteTokenizerConfig = ({ vocabulary }: UseLiteSource) => ({
  tokenizer_class: 'PreTrainedTokenizerFast',
  pad_token: '</s>',
  unk_token: vocabulary[0]?.[0],
  model_max_length: useLiteMaxTokens,
  padding_side: 'right',
  model_input_names: ['input_ids', 'attention_mask'],
})
