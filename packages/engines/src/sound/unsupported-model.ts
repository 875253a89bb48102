/** A model that is there and is of a kind that its engine does not know. The message is for people. */
export class UnsupportedModel extends Error {
  override readonly name = 'UnsupportedModel'
}
