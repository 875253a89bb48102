import { addEventsSuite } from './events/add-events.ts'
import { dropEventsSuite } from './events/drop-events.ts'
import { eventPagesSuite } from './events/event-pages.ts'
import { readSeriesSuite } from './events/read-series.ts'
import { readShownSuite } from './events/read-shown.ts'
import type { Suite } from './subject.ts'

export const eventsSuite: Suite = (subject) => {
  for (const suite of [addEventsSuite, readSeriesSuite, readShownSuite, eventPagesSuite, dropEventsSuite])
    suite(subject)
}
