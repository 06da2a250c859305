import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, migrationsIn } from '#desk'
import { freshDesk } from '../../test/support/desk.ts'
import { type Rule, versionBook } from './index.ts'

let desk: Desk
beforeAll(async () => {
  desk = await freshDesk(migrationsIn(path.join(import.meta.dirname)))
})
afterAll(() => desk.close())

const at = new Date('2026-11-22T02:00:00Z')
const made = { by: 'staff_1', at }
const words = { zh: '甲', en: 'A' }
const rule = (version: number, points = 1): Rule => ({
  id: 'low',
  version,
  title: words,
  means: words,
  owner: 'planning',
  parameters: [],
  condition: { op: 'lt', factor: 'balance', value: 1 },
  uses: ['balance'],
  points,
  controlPercent: 10,
})
const states = async () => (await versionBook.list(desk.db, 'low')).map(v => [v.version, v.state])
const move = (version: number, from: 'draft' | 'waiting', to: 'draft' | 'waiting' | 'retired') =>
  versionBook.move(desk.db, { ruleId: 'low', version, from, to, at })

test('a draft is written over until it waits; one version of a rule is in force, and one open', async () => {
  expect(await versionBook.keepDraft(desk.db, rule(1), made)).toBe(true)
  expect(await versionBook.keepDraft(desk.db, rule(1, 7), made)).toBe(true)
  const [kept] = await versionBook.list(desk.db, 'low')
  expect(kept?.content).toMatchObject({ points: 7, condition: { op: 'lt' } })
  expect(kept?.content).not.toHaveProperty('uses')
  await expect(versionBook.keepDraft(desk.db, rule(2), made)).rejects.toThrow('rule_version_open')

  expect(await move(1, 'draft', 'waiting')).toBe(true)
  expect(await move(1, 'draft', 'waiting')).toBe(false)
  expect(await versionBook.keepDraft(desk.db, rule(1, 9), made)).toBe(false)
  expect(await versionBook.activate(desk.db, { ruleId: 'low', version: 1 }, at)).toBe(true)
  expect(await versionBook.activate(desk.db, { ruleId: 'low', version: 1 }, at)).toBe(false)
})

test('a version put into force retires the one before; one that never waited is not put into force', async () => {
  await desk.db.transaction().execute(trx => versionBook.retireOfCatalogue(trx, rule(5), made))
  await versionBook.keepDraft(desk.db, rule(6), made)
  expect(await versionBook.activate(desk.db, { ruleId: 'low', version: 6 }, at)).toBe(false)
  await move(6, 'draft', 'waiting')
  expect(await versionBook.activate(desk.db, { ruleId: 'low', version: 6 }, at)).toBe(true)
  const all = await states()
  expect(all).toContainEqual([6, 'active'])
  expect(all).toContainEqual([5, 'retired'])
  expect(all.filter(([, state]) => state === 'active')).toHaveLength(1)
})

test('tests about somebody are found and taken out of every version; the rule and its other tests stay', async () => {
  const tests = [
    { values: { balance: 0 }, matches: true },
    { subscriber: 's1', matches: true },
    { subscriber: 's2', matches: false },
  ] as const
  const named = (id: string, some: Rule['tests']): Rule => ({ ...rule(1), id, ...(some && { tests: some }) })
  await versionBook.keepDraft(desk.db, named('three', tests), made)
  await versionBook.keepDraft(desk.db, named('one', [{ subscriber: 's1', matches: true }]), made)
  await versionBook.keepDraft(desk.db, named('none', undefined), made)
  expect((await versionBook.naming(desk.db, ['s1', 's9'])).map(v => v.rule_id)).toEqual(['one', 'three'])
  expect(await versionBook.forget(desk.db, ['s1', 's9'])).toBe(2)
  const left = async (id: string) => (await versionBook.list(desk.db, id))[0]?.content
  expect(await left('three')).toMatchObject({ tests: [tests[0], tests[2]] })
  expect(await left('one')).toMatchObject({ id: 'one', tests: [] })
  expect(await left('none')).not.toHaveProperty('tests')
  expect(await versionBook.naming(desk.db, ['s1'])).toEqual([])
  expect(await versionBook.forget(desk.db, ['s1'])).toBe(0)
})
