import path from 'node:path'
import { expect, test } from 'vitest'
import { feedOf } from '#ingest'
import { readFactors } from './catalogue.ts'
import { measuresIn } from './passes/naive.ts'
import { pathText, testText } from './rows.ts'
import type { Measure } from './value.ts'

const catalogue = await readFactors(path.join(import.meta.dirname, '../../catalogue/factors'))
const { factors, columns } = catalogue
/** Weiwan's own feeds come with contacts and warnings: nothing of them is history of credit, campaigns or offers. */
const subjects = new Set(factors.map(f => f.subject.en))

/** What is folded of which rows, whatever the window; the window of a state feed is two tests against the as-of day. */
function baseOf({ feed, fold, column, where }: Measure): string {
  const tests = where.filter(t => t.right?.is !== 'as-of').map(testText)
  return [feed, fold, column === undefined ? '' : pathText(column), ...tests.toSorted()].join(' ')
}

const measures = columns.flatMap(c => measuresIn(c.value))
const bases = Map.groupBy(measures, baseOf)

test('there are more than 400 factors in more than twenty subjects, of more than twelve kinds', () => {
  expect(catalogue.faults).toEqual([])
  expect(factors.length).toBeGreaterThanOrEqual(400)
  expect(subjects.size).toBeGreaterThanOrEqual(20)
  expect(new Set(factors.map(f => f.kind)).size).toBeGreaterThanOrEqual(12)
})

test('they rest on at least 120 different folds of rows, and no fold is asked over more than eight windows', () => {
  expect(bases.size).toBeGreaterThanOrEqual(120)
  const windows = [...bases].map(([base, of]) => ({
    base,
    windows: new Set(of.map(m => JSON.stringify(m.window))).size,
  }))
  expect(windows.filter(w => w.windows > 8)).toEqual([])
})

test('every feed of the contract that says something of a subscriber is used', () => {
  const used = new Set(factors.flatMap(f => f.feeds))
  expect(
    ['usage', 'bill', 'recharge', 'balance', 'fault', 'visit', 'warning', 'contact', 'device'].filter(
      id => !used.has(id as never),
    ),
  ).toEqual([])
  expect([...used].filter(id => feedOf(id) === undefined)).toEqual([])
})

test('no two factors have the same title or help the same decision', () => {
  for (const texts of [
    factors.map(f => f.title.zh),
    factors.map(f => f.title.en),
    factors.map(f => f.helps?.zh ?? f.id),
    factors.map(f => f.helps?.en ?? f.id),
  ]) {
    const twice = texts.filter((text, i) => texts.indexOf(text) !== i)
    expect(twice).toEqual([])
  }
})

test('a factor and its twin are both there, and the reason is written in both languages', () => {
  for (const { id, twin } of factors) {
    if (twin === undefined) continue
    expect(catalogue.byId.has(twin.of), id).toBe(true)
    expect(twin.because.zh, id).toMatch(/\p{Script=Han}/u)
    expect(twin.because.en, id).not.toMatch(/\p{Script=Han}/u)
  }
})
