/**
 * What a reader may ask of a collection, in words of our own: a dialect parses its query language into this, the store
 * turns it into SQL. Nothing here loads more than the page.
 */

/** The way into a document, each part as it is written there: `['hyperparams', 'Args', 'lr', 'value']`. */
export type FieldPath = readonly string[]

export type Comparison = '=' | '<' | '<=' | '>' | '>='

export type Condition =
  | { kind: 'and' | 'or'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition }
  /** A plain field is one of these; a list has at least one of them. */
  | { kind: 'any_of'; field: FieldPath; values: readonly string[] }
  /** A list has every one of these. */
  | { kind: 'all_of'; field: FieldPath; values: readonly string[] }
  /** Missing, null, empty text or an empty list. */
  | { kind: 'empty'; field: FieldPath }
  /** A regular expression in Python's syntax, found anywhere in the text. Missing text never matches. */
  | { kind: 'matches'; field: FieldPath; pattern: string; ignoreCase: boolean }
  | { kind: 'compare'; field: FieldPath; op: Comparison; value: Date | number | string | boolean }
  /** Full text: any of the words unless there are none, every phrase, none of the excluded words. */
  | { kind: 'text'; words: readonly string[]; phrases: readonly string[]; excluded: readonly string[] }

/** `text_score` orders by how well the search's one `text` condition fits. */
export type Order = { field: FieldPath | 'text_score'; descending: boolean }

export interface Search {
  company: string
  /** Also what belongs to nobody and is there for all. */
  publicToo: boolean
  /** Null: everything. */
  where: Condition | null
  /**
   * Empty values of the first field come last in both directions; text under hyperparams, last_metrics orders its
   * numbers by their value. The id breaks ties. None: in the order in which they were made.
   */
  order: readonly Order[]
  offset: number
  limit: number
}
