import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { faultEntries } from './docs/faults.ts'
import { generatedPages, stalePages } from './generated.ts'

const root = path.join(import.meta.dirname, '..')

test('generated pages are current (npm run docs writes them)', async () => {
  expect(stalePages(root, await generatedPages(root))).toEqual([])
})

test('a fault code is written in one place only, and says something in both languages', () => {
  const entries = faultEntries(path.join(root, 'src'))
  expect(entries.length).toBeGreaterThan(20)
  const places = Map.groupBy(entries, e => e.code)
  expect([...places].filter(([, e]) => new Set(e.map(x => x.file)).size > 1).map(([code]) => code)).toEqual(
    [],
  )
  expect(entries.filter(e => !/\p{Script=Han}/u.test(e.zh) || /\p{Script=Han}/u.test(e.en))).toEqual([])
})

test('a status is given only to faults that exist', () => {
  const codes = new Set(faultEntries(path.join(root, 'src')).map(e => e.code))
  const table = readFileSync(path.join(root, 'src', 'http', 'statuses.ts'), 'utf8')
  const given = [...table.matchAll(/^ {2}'([a-z-]+\.[a-z-]+)':/gm)].map(m => m[1] ?? '')
  expect(given.length).toBeGreaterThan(5)
  expect(given.filter(code => !codes.has(code))).toEqual([])
})
