import { expect, test } from 'vitest'
import { terms } from '#glossary'
import { en } from './en.ts'
import { zh } from './zh.ts'

/** Every sentence with its place; those with parts are said with each part's own name. */
function sentences(words: object, at = ''): [place: string, sentence: string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const place = at === '' ? key : `${at}.${key}`
    if (typeof value === 'string') return [[place, value]]
    if (typeof value === 'function') return [[place, String(value(anyPart))]]
    return typeof value === 'object' && value !== null ? sentences(value, place) : []
  })
}
const anyPart = new Proxy({}, { get: (_, name) => `‹${String(name)}›` })
const partsIn = (sentence: string) => (sentence.match(/‹\w+›/g) ?? []).sort()

const chinese = sentences(zh)
const english = new Map(sentences(en))

test('every sentence is said in both languages, with the same parts in it', () => {
  const shape = (sentence: string | undefined) => ({
    isSaid: sentence !== undefined && sentence !== '',
    parts: partsIn(sentence ?? ''),
  })
  const differing = chinese.filter(([place, sentence]) => {
    const [zhShape, enShape] = [shape(sentence), shape(english.get(place))]
    return !zhShape.isSaid || JSON.stringify(zhShape) !== JSON.stringify(enShape)
  })
  expect(differing).toEqual([])
})

test('no Chinese is left in an English sentence', () => {
  const left = [...english].filter(([, sentence]) => /\p{Script=Han}/u.test(sentence))
  expect(left).toEqual([])
})

test('the screen uses no Chinese word that the glossary refuses', () => {
  const refused = Object.values(terms).flatMap(term => term.not.filter(word => /\p{Script=Han}/u.test(word)))
  const used = chinese.flatMap(([place, sentence]) =>
    refused.filter(word => sentence.includes(word)).map(word => `${place} says ${word}`),
  )
  expect(used).toEqual([])
})

test('the screen calls nobody a user', () => {
  expect([...english].filter(([, sentence]) => /\b(users?|operators?)\b/i.test(sentence))).toEqual([])
})
