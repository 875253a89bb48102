import type { EventStore } from '@inferq/domain'
import type { Db } from '../server/server.ts'
import { modelEventAdder } from './add-to-model.ts'
import { taskEventAdder } from './add-to-task.ts'
import { seriesLister } from './list-series.ts'
import { eventReader } from './read-events.ts'
import { lineReader } from './read-lines.ts'
import { seriesReader } from './read-series.ts'
import { shownReader } from './read-shown.ts'
import { dropStreamsOlderThan } from './streams.ts'
import { eventSweeper } from './sweep.ts'

export const createEventStore = (db: Db): EventStore => ({
  addToTask: taskEventAdder(db),
  addToModel: modelEventAdder(db),
  readLines: lineReader(db),
  listSeries: seriesLister(db),
  readSeries: seriesReader(db),
  readShown: shownReader(db),
  readEvents: eventReader(db),
  dropOlderThan: (ms) => dropStreamsOlderThan(db, ms),
  sweep: eventSweeper(db),
})
