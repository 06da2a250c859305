import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, isLocked, withLock } from '#desk'
import { ok, plainDate } from '#kernel'
import { freshDesk } from '../../../test/support/desk.ts'
import { allMigrations } from '../application.ts'
import { beginNight, beginStep, endNight, stepRows } from './record.ts'
import { askToStop, watchNight } from './watch.ts'

const day = plainDate('2026-03-10')
const at = new Date('2026-03-10T01:00:00Z')
let desk: Desk
beforeAll(async () => {
  desk = await freshDesk(allMigrations())
})
afterAll(() => desk.close())

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20)
}

test('whoever looks at the desk sees how far the running step is, and a step that ended says no more', async () => {
  await beginNight(desk, day, at)
  await beginStep(desk, day, 'factors', 3, at)
  const watch = watchNight(desk, day)
  watch.tell('factors', { step: 'usage', done: 3, total: 9 })
  await until(async () => (await stepRows(desk, day))[0]?.done === 3)
  expect((await stepRows(desk, day))[0]).toMatchObject({ id: 'factors', done: 3, total: 9 })
  await watch.end()
})

test('a running night hears that it is to stop; asked for again, it knows nothing of that', async () => {
  await beginNight(desk, day, at)
  const watch = watchNight(desk, day)
  expect(await askToStop(desk, at, '2026-03-09')).toBeUndefined()
  expect(await askToStop(desk, at)).toBe(day)
  await until(() => watch.signal.aborted)
  await watch.end()
  await endNight(desk, day, 'failed', at)
  expect(await askToStop(desk, at)).toBeUndefined()
  await beginNight(desk, day, at)
  const again = watchNight(desk, day)
  await sleep(1_200)
  expect(again.signal.aborted).toBe(false)
  await again.end()
})

test('the caller stops it too', async () => {
  const leaving = new AbortController()
  const watch = watchNight(desk, day, leaving.signal)
  leaving.abort()
  expect(watch.signal.aborted).toBe(true)
  await watch.end()
})

test('a lock is seen from outside while it is held, and no longer', async () => {
  const held = await withLock(desk, 'some work', async () => ok(await isLocked(desk, 'some work')))
  expect(held).toEqual({ ok: true, value: true })
  expect(await isLocked(desk, 'some work')).toBe(false)
  expect(await isLocked(desk, 'other work')).toBe(false)
})
