import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { pluralOf, type Term, terms } from './index.ts'
import { plainWords } from './plain-words.ts'

const all: readonly Term[] = Object.values(terms)
const chinese = /\p{Script=Han}/u

describe('terms', () => {
  test('each idea has one word of its own in either language', () => {
    const english = all.map(t => t.en)
    const ideas = all.map(t => t.zh)
    expect(english.filter((w, i) => english.indexOf(w) !== i)).toEqual([])
    expect(ideas.filter((w, i) => ideas.indexOf(w) !== i)).toEqual([])
  })

  test('each meaning is said in both languages', () => {
    const broken = all.filter(t => t.means.en === '' || !chinese.test(t.means.zh) || chinese.test(t.means.en))
    expect(broken).toEqual([])
  })

  test('no term refuses its own word', () => {
    expect(all.filter(t => t.not.includes(t.en) || t.not.includes(t.zh))).toEqual([])
  })

  test('plurals read as English does', () => {
    expect([terms.policy, terms.staff, terms.subscriber].map(pluralOf)).toEqual([
      'policies',
      'staff',
      'subscribers',
    ])
  })
})

/** Modules whose words are the machine's and not the business's. */
const technical = new Set(['kernel', 'glossary', 'wire', 'warehouse', 'desk', 'http', 'cli'])

/** TaskMove → task, move; ARPUTrend → arpu, trend. */
function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+/g) ?? []).map(w => w.toLowerCase())
}

/** Names of the types at a door, read from its text. */
function typesAt(door: string, text: string): string[] {
  const entries = parseSync(door, text).module.staticExports.flatMap(e => e.entries)
  return entries.flatMap(e => (e.isType && e.exportName.name ? [e.exportName.name] : []))
}

function unknownWords(doors: ReadonlyMap<string, string>): string[] {
  const known = new Set([
    ...plainWords,
    ...Object.entries(terms).flatMap(([id, t]) => [
      ...wordsOf(id),
      ...t.en.toLowerCase().split(/[ -]/),
      ...pluralOf(t).toLowerCase().split(/[ -]/),
    ]),
  ])
  return [...doors].flatMap(([door, text]) =>
    typesAt(door, text).flatMap(name =>
      wordsOf(name)
        .filter(w => !known.has(w))
        .map(w => `${door}: ${name} says "${w}"`),
    ),
  )
}

describe('doors', () => {
  const src = path.join(import.meta.dirname, '..')
  const doors = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    f => /^[a-z]+\/index\.ts$/.test(f) && !technical.has(path.dirname(f)),
  )

  test('the names of types at every business door are made of terms and plain words', () => {
    const texts = new Map(doors.map(d => [d, readFileSync(path.join(src, d), 'utf8')]))
    expect(unknownWords(texts)).toEqual([])
  })

  test('a word that nobody defined is found', () => {
    expect(unknownWords(new Map([['x/index.ts', "export type { UserBlob } from './x.ts'"]]))).toEqual([
      'x/index.ts: UserBlob says "user"',
      'x/index.ts: UserBlob says "blob"',
    ])
  })
})
