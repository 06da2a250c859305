import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, migrationsIn } from '#desk'
import { plainDate } from '#kernel'
import { freshDesk } from '../../test/support/desk.ts'
import { segmentVersions, tagMembers } from './index.ts'

let desk: Desk
beforeAll(async () => {
  desk = await freshDesk(migrationsIn(import.meta.dirname))
})
afterAll(() => desk.close())

const at = new Date('2026-11-22T01:00:00Z')
const filling = {
  tag: 'vip',
  day: plainDate('2026-11-22'),
  until: plainDate('2026-12-23'),
  by: 'ann',
  at,
}
const fault = { line: 3, column: 'number', code: 'list.not-found', zh: '没有', en: 'none' }

test('a file takes the place of the one before, with its members and its faults', async () => {
  const { db } = desk
  const fill = (subscriberIds: readonly string[], faults: readonly (typeof fault)[]) =>
    db.transaction().execute(trx => tagMembers.fill(trx, { ...filling, subscriberIds, faults }))
  await fill(['s3', 's1', 's2'], [fault])
  expect((await tagMembers.fillings(db)).get('vip')).toEqual({ ...filling, subscribers: 3, faulty: 1 })
  expect(await tagMembers.page(db, 'vip', { after: '', rowsMax: 2 })).toEqual(['s1', 's2'])
  expect(await tagMembers.page(db, 'vip', { after: 's2', rowsMax: 2 })).toEqual(['s3'])
  expect(await tagMembers.faults(db, 'vip')).toEqual([fault])
  await fill(['s9'], [])
  expect(await tagMembers.page(db, 'vip', { after: '', rowsMax: 9 })).toEqual(['s9'])
  expect(await tagMembers.faults(db, 'vip')).toEqual([])
})

test('of each tag one version is in force and one a draft; a version in force is not written over', async () => {
  const { db } = desk
  const book = segmentVersions.tags
  const made = { by: 'ann', at }
  const states = async () => (await book.list(db, 'a')).map(v => `${v.version} ${v.state}`)
  expect(await book.keepDraft(db, { id: 'a', version: 1, content: { n: 1 } }, made)).toBe(true)
  expect(await book.keepDraft(db, { id: 'a', version: 1, content: { n: 2 } }, made)).toBe(true)
  expect((await book.list(db, 'a'))[0]?.content).toEqual({ n: 2 })
  expect(await book.activate(db, { id: 'a', version: 1, from: 'draft' }, at)).toBe(true)
  expect(await book.keepDraft(db, { id: 'a', version: 1, content: { n: 3 } }, made)).toBe(false)
  await book.keepDraft(db, { id: 'a', version: 2, content: { n: 3 } }, made)
  expect(await states()).toEqual(['2 draft', '1 active'])
  await book.activate(db, { id: 'a', version: 2, from: 'draft' }, at)
  expect(await states()).toEqual(['2 active', '1 retired'])
  await book.retireOfCatalogue(db, { id: 'b', version: 1, content: {} }, made)
  expect((await book.list(db)).map(v => `${v.id} ${v.state} ${v.origin}`)).toContain('b retired catalogue')
})
