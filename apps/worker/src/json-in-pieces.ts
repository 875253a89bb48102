/** The result of a handler as its JSON text, piece by piece: for one that would fill the memory as a whole. */
export class JsonInPieces {
  readonly pieces: AsyncGenerator<string, void>

  constructor(pieces: AsyncGenerator<string, void>) {
    this.pieces = pieces
  }
}
