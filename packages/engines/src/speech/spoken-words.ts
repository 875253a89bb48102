/** What a model writes for sounds that are no words: `[BLANK_AUDIO]`, `(applause)`, `*sigh*`, and notes around singing. */
const noises = /\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|[♩♪♫♬]/gu

/** The words of a transcript: nothing when nothing is said in it. */
export function spokenWords(transcript: string): string {
  const text = transcript.replace(noises, ' ').replace(/\s+/g, ' ').trim()
  return /[\p{Letter}\p{Number}]/u.test(text) ? text : ''
}
