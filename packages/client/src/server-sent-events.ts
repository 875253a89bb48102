import { createParser, type EventSourceMessage } from 'eventsource-parser'

/** The events of one connection, until the server ends it. Rejects when the connection breaks. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  onRetry: (retryMs: number) => void,
): AsyncGenerator<EventSourceMessage> {
  const complete: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (event) => complete.push(event), onRetry })
  const decoder = new TextDecoder()
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      parser.feed(decoder.decode(value, { stream: true }))
      yield* complete.splice(0)
    }
  } finally {
    // Also when the caller leaves its loop early: without this, the connection stays open.
    await reader.cancel().catch(() => {})
  }
}
