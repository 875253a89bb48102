/**
 * The point in time that a client means: ISO 8601, other common forms (`2024/01/05 10:00`, `Jan 5 2024`), or an epoch
 * number in seconds or milliseconds. Without a zone it is UTC. Null: no date.
 */
export function parseDate(value: unknown): Date | null {
  if (typeof value === 'number') return fromEpoch(value)
  if (typeof value !== 'string') return null
  const text = value.trim()
  if (/^\d{9,}(\.\d+)?$/.test(text)) return fromEpoch(Number(text))
  return valid(Date.parse(isoForm(text) ?? otherForm(text) ?? ''))
}

/** Seconds would reach so far into the future only after the year 5000. */
const millisFrom = 1e11

const fromEpoch = (value: number) => valid(Math.abs(value) >= millisFrom ? value : value * 1000)

const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:[.,]\d{1,9})?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i

function isoForm(text: string): string | null {
  const match = iso.exec(text)
  if (!match) return null
  const [, day, minutes = '00:00', seconds = ':00', zone = 'Z'] = match
  return `${day}T${minutes}${seconds.replace(',', '.')}${zoneForm(zone)}`
}

/** `+0300` and `+03` as `+03:00`. */
const zoneForm = (zone: string) =>
  zone.toUpperCase() === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`

const words =
  /^(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|mon|tue|tues|wed|wednes|thur?|thurs|fri|sat|satur|sun|am|pm|t|z|utc|gmt)(uary|ruary|ch|il|ust|ember|ober|day)?$/i

/** The engine's own parser takes almost any text for a date, so only text of which each word belongs to one reaches it. */
function otherForm(text: string): string | null {
  const spelled = text.match(/[a-z]+/gi) ?? []
  if (!/\d{4}/.test(text) || !spelled.every((word) => words.test(word))) return null
  return /(z|utc|gmt|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text} UTC`
}

function valid(epochMs: number): Date | null {
  const date = new Date(epochMs)
  return Number.isNaN(date.getTime()) ? null : date
}
