/** Its message goes on where `image 2 ...` leaves off: the reader does not know which one of a call it has. */
export class UnreadableImage extends Error {
  override readonly name = 'UnreadableImage'
}
