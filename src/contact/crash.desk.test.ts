import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { migrationsIn } from '#desk'
import { plainDate } from '#kernel'
import { freshDesk } from '../../test/support/desk.ts'
import { crashRequests } from './crash-child.fixture.ts'
import { deskSource, outboxChannel, sendDue, standardPolicy } from './index.ts'

const child = path.join(import.meta.dirname, 'crash-child.fixture.ts')
const noon = new Date('2026-03-10T04:00:00Z')

/** The other process dies by SIGKILL at its n-th message: before the channel got it, or after it has taken it. */
test.each([
  ['before', 1],
  ['after', 1],
  ['before', 7],
  ['after', 12],
])('killed %s message %i left: everybody else is written to, nobody twice', async (moment, nth) => {
  const desk = await freshDesk(migrationsIn(import.meta.dirname))
  try {
    const url = String(desk.pool.options.connectionString)
    const dying = spawn(process.execPath, [child, url, moment, String(nth)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const [, signal] = await once(dying, 'exit')
    expect(signal).toBe('SIGKILL')
    const results = await sendDue(desk.db, crashRequests, {
      channel: outboxChannel(desk.db),
      source: deskSource(desk.db),
      policy: standardPolicy,
      clock: { now: () => noon },
      day: plainDate('2026-03-10'),
      batchMax: 4,
    })
    const { rows } = await sql<{ state: string; attempts: number; arrived: number; most: number }>`
      select state, count(*) attempts, sum(n)::bigint arrived, max(n) most from (
        select id, state, (select count(*) from contact_outbox where message_id = id) as n from contact_attempt
      ) a group by state order by state`.execute(desk.db)
    const by = Object.fromEntries(rows.map(row => [row.state, row]))
    const doubtful = 4
    const taken = ((nth - 1) % 4) + (moment === 'after' ? 1 : 0)
    expect(by['handed_over']).toMatchObject({ attempts: crashRequests.length - doubtful, most: 1 })
    expect(by['handed_over']?.arrived).toBe(by['handed_over']?.attempts)
    expect(by['in_doubt']).toMatchObject({ attempts: doubtful, arrived: taken, most: taken > 0 ? 1 : 0 })
    expect(by['prepared']).toBeUndefined()
    expect(results.filter(one => one.result === 'in_doubt')).toHaveLength(doubtful)
  } finally {
    await desk.close()
  }
})
