import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readFactors } from '#factors'
import { addDays, type PlainDate, plainDate } from '#kernel'
import { entriesIn } from '#rules'
import { ident, join, openWarehouse, type Shelf, shelve, sql, type Warehouse } from '#warehouse'
import {
  countMoves,
  countTags,
  makeSegments,
  placedBy,
  readTags,
  type SegmentMap,
  segmentDays,
  segmentMorning,
  type Tag,
  tagColumn,
  tagGroups,
  tagProfile,
  tagText,
} from './index.ts'
import type { RuleTag } from './tag.ts'

const catalogue = path.join(import.meta.dirname, '../../catalogue')
const day = plainDate('2026-03-01')
const title = { zh: '题', en: 'title' }
let warehouse: Warehouse
let folder: string
let shelf: Shelf
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tags-'))
  shelf = { root: path.join(folder, 'shelf') }
  warehouse = await openWarehouse({ memoryMiBMax: 512, threads: 2, spillFolder: path.join(folder, 'spill') })
})
afterAll(async () => {
  warehouse.close()
  await rm(folder, { recursive: true, force: true })
})

describe('the library that is shipped', () => {
  test('has a hundred tags and more, in every group, and no two that ask the same', async () => {
    const { byId } = await readFactors(path.join(catalogue, 'factors'))
    const { tags, faults } = await readTags(path.join(catalogue, 'tags'), byId)
    expect(faults).toEqual([])
    expect(tags.length).toBeGreaterThan(100)
    expect([...new Set(tags.map(t => t.group))].toSorted()).toEqual(Object.keys(tagGroups).toSorted())
    for (const of of [
      tags.map(t => JSON.stringify('condition' in t ? t.condition : t.id)),
      tags.map(t => t.title.zh),
      tags.map(t => t.title.en),
    ]) {
      expect(of.filter((one, i) => of.indexOf(one) !== i)).toEqual([])
    }
  })
})

async function library(text: string) {
  const own = path.join(folder, 'own')
  await mkdir(own, { recursive: true })
  await writeFile(path.join(own, 'x.yaml'), text)
  return readTags(own, new Map([['n', { id: 'n', title, type: 'integer', feeds: [] }]]))
}

const entry = (id: string, more: string) => `- id: ${id}
  version: 1
  group: usage
  title: {zh: 题, en: t}
  means: {zh: 义, en: m}
  owner: analysis
  state: active
  source: rule
  ${more}
`

test('a tag over an unknown factor, of an unknown group or defined twice is a fault with file and line', async () => {
  const { tags, faults } = await library(
    entry('a', 'condition: {op: ge, factor: n, value: 1}') +
      entry('a', 'condition: {op: ge, factor: n, value: 2}') +
      entry('b', 'condition: {op: ge, factor: nope, value: 1}') +
      entry('c', 'condition: {op: ge, factor: n, value: 1}').replace('usage', 'weather'),
  )
  expect(tags.map(t => t.id)).toEqual(['a'])
  expect(faults.map(f => [f.code, f.at?.['line']])).toEqual(
    expect.arrayContaining([
      ['segment.class-twice', 10],
      ['rule.unknown-factor', 27],
      ['catalogue.malformed', 30],
    ]),
  )
})

const tag = (id: string, from: number, more: Partial<RuleTag> = {}): Tag => ({
  id,
  version: 1,
  group: 'usage',
  title,
  means: title,
  owner: 'analysis',
  state: 'active',
  source: 'rule',
  condition: { op: 'ge', factor: 'n', value: from },
  ...more,
})
const map: SegmentMap = {
  id: 'map',
  version: 1,
  title,
  means: title,
  owner: 'analysis',
  value: {
    factor: 'm',
    by: 'thresholds',
    missing: 'low',
    classes: [
      { id: 'high', title, from: 50 },
      { id: 'low', title },
    ],
  },
  stage: {
    classes: [
      { id: 'old', title, means: title },
      { id: 'new', title, means: title },
    ],
    tree: { asks: title, when: { op: 'ge', factor: 'n', value: 10 }, yes: 'old', no: 'new' },
  },
  brand: { factor: 't', missing: title },
}
/** A hundred subscribers: n and m are 0 to 99, and n is not known of the last. */
const table = sql`(SELECT i AS sub, 's' || i AS subscriber_id, CASE WHEN i < 99 THEN i END AS n, i AS m, 'x' AS t FROM range(100) AS r(i))`
const nothing = new Map()

function made(asOf: PlainDate, tags: readonly Tag[], more: { off?: string; suspect?: string } = {}) {
  const because = { zh: '因为', en: 'because' }
  const off = more.off === undefined ? nothing : new Map([[more.off, because]])
  const suspects = more.suspect === undefined ? nothing : new Map([[more.suspect, because]])
  return makeSegments(warehouse, shelf, { asOf, map, tags, table, off, suspects })
}

async function morning(asOf: PlainDate) {
  const found = await segmentMorning(warehouse, shelf, asOf)
  if (found === undefined) throw new Error('no morning')
  return found
}

test('one pass places and tags everybody; drafts and retired ones are given to nobody', async () => {
  const tags = [tag('half', 50), tag('drafted', 1, { state: 'draft' }), tag('gone', 1, { state: 'retired' })]
  expect(await made(day, tags)).toEqual({ rows: 100, written: true })
  const found = await morning(day)
  expect([...found.tags]).toEqual([['half', { state: 'on', reason: null, version: 1, subscribers: 49 }]])
  expect(found.subscribers).toBe(100)
  const [row] = await warehouse.rows(sql`SELECT * FROM ${found.table} AS t WHERE sub = 99`)
  expect(row).toEqual({
    sub: 99,
    subscriber_id: 's99',
    value: 'high',
    stage: 'new',
    brand: 'x',
    amount: 99,
    [tagColumn('half')]: false,
  })
})

test('the same again writes nothing; a changed tag makes the day anew, and only that day', async () => {
  const next = addDays(day, 1)
  await made(next, [tag('half', 50)])
  expect((await made(next, [tag('half', 50)])).written).toBe(false)
  expect((await made(next, [tag('half', 60, { version: 2 })])).written).toBe(true)
  expect((await morning(next)).tags.get('half')).toMatchObject({ version: 2, subscribers: 39 })
  expect((await morning(day)).tags.get('half')).toMatchObject({ version: 1, subscribers: 49 })
  expect(await segmentDays(shelf)).toEqual([day, next])
})

test('what is off is given to nobody and says why; what is suspect is given, and says so', async () => {
  const asOf = addDays(day, 2)
  await made(asOf, [tag('half', 50)], { off: 'n', suspect: 't' })
  const found = await morning(asOf)
  const because = { zh: '因为', en: 'because' }
  expect(found.axes).toEqual({
    value: { state: 'on', reason: null },
    stage: { state: 'off', reason: because },
    brand: { state: 'held', reason: because },
  })
  expect(found.tags.get('half')).toMatchObject({ state: 'off', reason: because, subscribers: 0 })
  const [row] = await warehouse.rows(
    sql`SELECT stage, brand, ${ident(tagColumn('half'))} AS half FROM ${found.table} AS t LIMIT 1`,
  )
  expect(row).toEqual({ stage: null, brand: 'x', half: null })
})

test('a morning whose last write is missing is not read: the one before it answers', async () => {
  const asOf = addDays(day, 3)
  const span = { from: asOf, to: addDays(asOf, 1) }
  const killed = { dataset: 'segment', span, version: 1, fingerprint: 'killed', learnedOn: asOf }
  await shelve(warehouse, shelf, killed, sql`SELECT 1 AS sub, 'gone' AS value`, [ident('sub')])
  expect(await segmentMorning(warehouse, shelf, asOf)).toBeUndefined()
  await made(asOf, [tag('half', 50)])
  await shelve(warehouse, shelf, { ...killed, version: 3 }, sql`SELECT 1 AS sub, 'gone' AS value`, [
    ident('sub'),
  ])
  expect((await morning(asOf)).subscribers).toBe(100)
})

test('what sets a tag apart is what a plain count finds', async () => {
  const asOf = addDays(day, 4)
  await made(asOf, [tag('half', 50), tag('top', 90), tag('all', 0)])
  const { table: rows, tags } = await morning(asOf)
  const plain = (from: number) => Array.from({ length: 99 }, (_, n) => n).filter(n => n >= from)
  const shares = await tagProfile.together(warehouse, rows, 'half', ['top', 'all'])
  expect(shares).toEqual([
    { id: 'top', subscribers: plain(90).length, everybody: plain(90).length },
    { id: 'all', subscribers: plain(50).length, everybody: plain(0).length },
  ])
  const tagged = plain(50).length
  expect(shares.map(s => tagProfile.lift(s, tagged, 100))).toEqual([100 / tagged, 100 / 99])
  expect(tagProfile.lift({ id: 'x', subscribers: 0, everybody: 0 }, tagged, 100)).toBeNull()
  expect(await countTags(warehouse, rows, [...tags.keys()])).toEqual(
    new Map([
      ['half', 49],
      ['top', 9],
      ['all', 99],
    ]),
  )
})

test('factors are compared in the spread of everybody, the farthest first, and neither a constant nor what nobody has says anything', async () => {
  const values = [1, 2, 3, 4]
  const rows = values.map(
    (v, i) =>
      sql`SELECT ${i} AS sub, ${v} AS a, ${10 - v * v} AS b, 7 AS c, ${v > 2} AS has, CASE WHEN FALSE THEN ${v} END AS d`,
  )
  const found = await tagProfile.apart(
    warehouse,
    sql`(${join(rows, ' UNION ALL ')})`,
    ['a', 'b', 'c', 'd'],
    4,
  )
  const spread = Math.sqrt(1.25)
  const a = found.find(f => f.id === 'a')
  expect(a).toMatchObject({ mean: 3.5, everybody: 2.5 })
  expect(a?.apart).toBeCloseTo(1 / spread, 10)
  expect(found.map(f => f.id)).toEqual(
    ['a', 'b'].toSorted((x, y) => {
      const far = (id: string) => Math.abs(found.find(f => f.id === id)?.apart ?? 0)
      return far(y) - far(x)
    }),
  )
})

test('a tag that is filled from a file is given to whom the file names, and to nobody where nothing was imported', async () => {
  const asOf = addDays(day, 5)
  const { condition: _, ...words } = { ...(tag('named', 0) as RuleTag) }
  const named: Tag = { ...words, source: 'import', holdsDays: 30 }
  await made(asOf, [named, tag('half', 50)])
  expect((await morning(asOf)).tags.get('named')).toMatchObject({ state: 'on', subscribers: 0 })
  const members = sql`(SELECT * FROM (VALUES (3, 'named'), (7, 'named'), (8, 'another')) AS v(sub, tag_id))`
  const order = { asOf, map, tags: [named, tag('half', 50)], table, off: nothing, suspects: nothing }
  const filled = { ...order, named: { table: members, fingerprint: 'one' } }
  expect(await makeSegments(warehouse, shelf, filled)).toEqual({ rows: 100, written: true })
  expect((await makeSegments(warehouse, shelf, filled)).written).toBe(false)
  const found = await morning(asOf)
  expect(found.tags.get('half')?.subscribers).toBe(49)
  const rows = await warehouse.rows<{ sub: number }>(
    sql`SELECT sub FROM ${found.table} AS t WHERE ${ident(tagColumn('named'))} ORDER BY sub`,
  )
  expect(rows.map(r => r.sub)).toEqual([3, 7])
  // Another file names others: the morning is made anew.
  const other = { ...order, named: { table: members, fingerprint: 'two' } }
  expect((await makeSegments(warehouse, shelf, other)).written).toBe(true)
})

test('a morning keeps the map it was made by, and another map is tried without writing', async () => {
  const asOf = addDays(day, 6)
  await made(asOf, [])
  expect((await morning(asOf)).map).toEqual(map)
  const turned: SegmentMap = {
    ...map,
    value: {
      ...map.value,
      classes: [
        { id: 'high', title, from: 90 },
        { id: 'low', title },
      ],
    },
  }
  const before = (await segmentDays(shelf)).length
  const tried = await placedBy(warehouse, { asOf, map: turned, table, off: nothing, suspects: nothing })
  const moves = await countMoves(warehouse, (await morning(asOf)).table, tried.table)
  const changed = moves.filter(m => m.from?.value !== m.to?.value)
  expect(changed.map(m => [m.from?.value, m.to?.value, m.subscribers])).toEqual([['high', 'low', 40]])
  expect((await segmentDays(shelf)).length).toBe(before)
})

test('a tag goes to text and back, and everything that is wrong with one is told', () => {
  const factors = new Map([['n', { id: 'n', title, type: 'integer' as const, feeds: [] }]])
  const half = tag('half', 50)
  expect(tagText.from(half, factors)).toEqual({ tag: half, faults: [] })
  const { entries } = entriesIn('tags.yaml', tagText.yaml([half]))
  expect(tagText.from(entries[0]?.value, factors).tag).toEqual(half)
  const wrong = { ...half, id: 'No', condition: { op: 'ge', factor: 'm', value: 1 } }
  const paths = (value: unknown) =>
    tagText.from(value, factors).faults.map(f => `${f.code} ${f.at?.['path']}`)
  expect(paths(wrong)).toEqual(['catalogue.malformed /id', 'rule.unknown-factor condition/factor'])
  expect(paths({ ...wrong, id: 'no', source: 'import' })).not.toEqual([])
  expect(tagText.from(null, factors).tag).toBeUndefined()
})
