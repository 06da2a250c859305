import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, type PlainDate, plainDate } from '#kernel'
import {
  bindRule,
  type Condition,
  holds,
  type KnownFactors,
  type Rule,
  ruleFrom,
  selecting,
  sentence,
  switchedOff,
} from '#rules'
import { makeSegments, type SegmentMap, type Tag } from '#segments'
import { ident, openWarehouse, type Row, raw, type Sql, shelve, sql, type Warehouse } from '#warehouse'
import type { Catalogue } from '../catalogue.ts'
import { besideOn, rowsBeside } from './beside.ts'
import { askableBy } from './known.ts'

const yesterday = plainDate('2026-03-01')
const today = addDays(yesterday, 1)
const title = { zh: '题', en: 'title' }

let folder: string
let warehouse: Warehouse
let application: Parameters<typeof besideOn>[0]
let known: KnownFactors

const factor = (id: string, type: 'money' | 'text') => ({
  id,
  type,
  title: { zh: id, en: id },
  feeds: ['bill'],
})
const factors = { byId: new Map([factor('balance', 'money'), factor('brand', 'text')].map(f => [f.id, f])) }
const map: SegmentMap = {
  id: 'map',
  version: 1,
  title,
  means: title,
  owner: 'x',
  value: {
    factor: 'balance',
    by: 'thresholds',
    missing: 'low',
    classes: [
      { id: 'high', title, from: 1000 },
      { id: 'low', title },
    ],
  },
  stage: {
    classes: [
      { id: 'new', title, means: title },
      { id: 'old', title, means: title },
    ],
    tree: { asks: title, when: { op: 'lt', factor: 'balance', value: 500 }, yes: 'new', no: 'old' },
  },
  brand: { factor: 'brand', missing: title },
}
const rich: Tag = {
  id: 'rich',
  version: 1,
  group: 'wealth',
  title: { zh: '富', en: 'rich' },
  means: title,
  owner: 'x',
  state: 'active',
  source: 'rule',
  condition: { op: 'ge', factor: 'balance', value: 2000 },
}

/** Balances of the two mornings; who is not there has none. 1 gets richer, 2 poorer, 3 stays, 4 is new, 5 has gone. */
const balances: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  [yesterday]: { 1: 300, 2: 2500, 3: 1500, 5: 100 },
  [today]: { 1: 2100, 2: 900, 3: 1500, 4: 5000 },
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'beside-'))
  warehouse = await openWarehouse({ memoryMiBMax: 256, threads: 1, spillFolder: path.join(folder, 'spill') })
  const shelf = { root: path.join(folder, 'shelf') }
  application = {
    shelf,
    warehouse: async () => warehouse,
    catalogue: {
      factors,
      warningPlans: [{ id: 'daily' }, { id: 'weekly', weekday: 1 }],
    } as unknown as Catalogue,
  }
  known = askableBy({
    factors: factors as unknown as Catalogue['factors'],
    segmentMap: map,
    tags: [rich, { ...rich, id: 'drafted', state: 'draft' }],
    plans: [{ id: 'daily', title } as never, { id: 'weekly', title } as never],
  })
  for (const day of [yesterday, today]) {
    const table = await keep(day, 'factor', rowsOf(day))
    await makeSegments(warehouse, shelf, {
      asOf: day,
      map,
      tags: [rich],
      table,
      off: new Map(),
      suspects: new Map(),
    })
  }
  await keep(today, 'warned/daily', sql`SELECT 2 AS sub, 'medium' AS level`)
  await keep(yesterday, 'warned/weekly', sql`SELECT 3 AS sub, 'low' AS level`)
})
afterAll(async () => {
  warehouse.close()
  await rm(folder, { recursive: true, force: true })
})

async function keep(day: PlainDate, dataset: string, rows: Sql): Promise<Sql> {
  const stamp = {
    dataset,
    span: { from: day, to: addDays(day, 1) },
    version: 1,
    fingerprint: day,
    learnedOn: day,
  }
  await shelve(warehouse, application.shelf, stamp, rows, [ident('sub')])
  return sql`(${rows})`
}

function rowsOf(day: PlainDate): Sql {
  const rows = Object.entries(balances[day] ?? {}).map(
    ([sub, balance]) => `(${sub}, 's${sub}', ${balance}, 'x')`,
  )
  return sql`SELECT * FROM (VALUES ${raw(rows.join(', '))}) AS v(sub, subscriber_id, balance, brand)`
}

function ruleOf(condition: Condition, more: object = {}) {
  const rule = { id: 'asked', version: 1, title, means: title, owner: 'x', points: 0, condition, ...more }
  return ruleFrom(rule, known)
}

function whole(condition: Condition): Rule {
  const { rule, faults } = ruleOf(condition)
  if (rule === undefined) throw new Error(faults.map(f => f.en).join('; '))
  return rule
}

/** Whom a rule finds this morning, by SQL and by the plain function over the same rows. */
async function foundBy(condition: Condition): Promise<readonly number[]> {
  const rule = whole(condition)
  const beside = await besideOn(application, warehouse, { asOf: today }, rule.uses)
  expect(switchedOff(rule, beside.off)).toBeUndefined()
  const table = beside.joined(sql`(${rowsOf(today)})`, rule.uses)
  const bound = bindRule(rule, today)
  const found = await warehouse.rows<{ sub: number }>(
    sql`SELECT sub FROM ${table} AS t WHERE ${selecting(bound)} ORDER BY sub`,
  )
  const rows = await warehouse.rows<Row>(rowsOf(today))
  const byId = new Map(rows.map(row => [String(row['subscriber_id']), row]))
  const besides = await rowsBeside(application, { asOf: today }, rule.uses, byId)
  const plain = [...besides.rows.values()].filter(row => holds(bound, row)).map(row => Number(row['sub']))
  expect(plain.toSorted((a, b) => a - b)).toEqual(found.map(row => row.sub))
  return found.map(row => row.sub)
}

describe('a rule asks about', () => {
  test.each<[string, Condition, readonly number[]]>([
    ['a tag', { op: 'is_true', factor: 'tag.rich' }, [1, 4]],
    ['a place on the map', { op: 'one_of', factor: 'segment.value', values: ['low'] }, [2]],
    ['a stage', { op: 'is', factor: 'segment.stage', value: 'old' }, [1, 2, 3, 4]],
    [
      'the level of a warning, at least',
      { op: 'one_of', factor: 'warned.daily', values: ['high', 'medium'] },
      [2],
    ],
    [
      'the level of a weekly plan, as of its last look',
      { op: 'is', factor: 'warned.weekly', value: 'low' },
      [3],
    ],
    ['nobody’s warning', { op: 'is', factor: 'warned.daily', value: 'stable' }, [1, 3, 4]],
    ['what changed', { op: 'changed', factor: 'balance' }, [1, 2]],
    ['what rose', { op: 'risen', factor: 'balance' }, [1]],
    ['what fell', { op: 'fallen', factor: 'balance' }, [2]],
    ['another place than before', { op: 'changed', factor: 'segment.value' }, [1, 2]],
    [
      'who is new in a segment',
      { op: 'entered', of: { op: 'is', factor: 'segment.value', value: 'high' } },
      [1, 4],
    ],
    ['whose tag went', { op: 'left', of: { op: 'is_true', factor: 'tag.rich' } }, [2]],
    ['who does not hold any more', { op: 'left', of: { op: 'lt', factor: 'balance', value: 500 } }, [1]],
    ['what was', { op: 'lt', factor: 'before.balance', value: 500 }, [1]],
    ['who was not there', { op: 'missing', factor: 'before.balance' }, [4]],
    [
      'both together, and not',
      {
        op: 'all',
        of: [
          { op: 'not', of: { op: 'entered', of: { op: 'ge', factor: 'balance', value: 1000 } } },
          { op: 'ge', factor: 'balance', value: 1000 },
        ],
      },
      [3],
    ],
  ])('%s', async (_, condition, found) => {
    expect(await foundBy(condition)).toEqual(found)
  })
})

describe('what is not there', () => {
  const offOn = async (condition: Condition, asOf: PlainDate) => {
    const rule = whole(condition)
    const { off } = await besideOn(application, warehouse, { asOf }, rule.uses)
    return switchedOff(rule, off)?.en
  }

  test('holds the rule and says so', async () => {
    const none = addDays(yesterday, -1)
    expect(await offOn({ op: 'is_true', factor: 'tag.rich' }, none)).toContain(
      `there are no segments and tags of ${none}`,
    )
    expect(await offOn({ op: 'is', factor: 'warned.daily', value: 'low' }, yesterday)).toContain(
      `there are no levels of warnings of ${yesterday}`,
    )
    expect(await offOn({ op: 'changed', factor: 'balance' }, yesterday)).toContain(
      `there are no factors of ${none} to compare with`,
    )
    expect(await offOn({ op: 'entered', of: { op: 'is_true', factor: 'tag.rich' } }, today)).toBeUndefined()
  })

  test.each<[string, Condition, string, object?]>([
    ['a tag that is no more than a draft', { op: 'is_true', factor: 'tag.drafted' }, 'rule.unknown-factor'],
    ['a plan', { op: 'is', factor: 'warned.monthly', value: 'low' }, 'rule.unknown-factor'],
    ['an axis of the map', { op: 'is', factor: 'segment.size', value: 'l' }, 'rule.unknown-factor'],
    [
      'the morning before the morning before',
      { op: 'entered', of: { op: 'changed', factor: 'balance' } },
      'rule.no-morning-before',
    ],
    [
      'its own warning',
      { op: 'is', factor: 'warned.daily', value: 'low' },
      'rule.asks-itself',
      { points: 5 },
    ],
  ])('is a fault: %s', (_, condition, code, more) => {
    expect(ruleOf(condition, more).faults.map(f => f.code)).toEqual([code])
  })
})

test('what turned is said in both languages', () => {
  const say = (condition: Condition, lang: 'zh' | 'en') =>
    sentence(bindRule(whole(condition), today), known, lang)
  const entered: Condition = { op: 'entered', of: { op: 'is_true', factor: 'tag.rich' } }
  expect(say(entered, 'zh')).toBe('较前一日新满足（有标签“富”）')
  expect(say(entered, 'en')).toBe('newly since the morning before (has tag "rich")')
  const left: Condition = { op: 'left', of: { op: 'lt', factor: 'balance', value: 500 } }
  expect(say(left, 'zh')).toBe('较前一日不再满足（balance 低于 ¥5.00）')
  expect(say({ op: 'fallen', factor: 'balance' }, 'en')).toBe('balance has fallen since the morning before')
})
