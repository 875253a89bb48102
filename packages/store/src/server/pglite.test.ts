import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempDir } from '@inferq/testkit'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { company, insertOne } from '../contract/subject.ts'
import { createStore } from '../open-store.ts'
import { openPglite } from './pglite.ts'

describe('the embedded database', () => {
  it('keeps what is committed for the next process, syncs it to disk, and is used by one process at a time', async () => {
    await using folder = await tempDir('pglite')
    const pidFile = join(folder.path, 'postgres.pid')
    const server = await openPglite(folder.path)
    const { rows } = await sql`select current_setting('fsync') as fsync`.execute(server.db)
    expect(rows).toEqual([{ fsync: 'on' }])
    const store = createStore(server)
    await store.migrate()
    const task = await insertOne(store)
    expect(readFileSync(pidFile, 'utf8')).toBe(`${process.pid}\n`)
    await store.close()

    writeFileSync(pidFile, `${process.ppid}\n`)
    await expect(openPglite(folder.path)).rejects.toThrow(`process ${process.ppid} uses the embedded database`)
    const pidOfNoProcess = 2 ** 22 + 1
    writeFileSync(pidFile, `${pidOfNoProcess}\n`)
    const again = createStore(await openPglite(folder.path))
    await again.migrate()
    expect(await again.tasks.findTask(company, task.id)).toEqual(task)
    await again.close()
    // Making a new database takes seconds, and more of them on a busy machine.
  }, 60_000)
})
