import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backSearch, changed, lookupSearch, taskQuery, taskSearch } from './search.ts'

test('an address with nonsense in it still opens: what is wrong is dropped', () => {
  expect(
    taskSearch({ level: 'purple', page: -3, pageSize: 5_000, sort: 'password', state: '', day: 'now', x: 1 }),
  ).toEqual({})
  expect(taskSearch({ level: 'high', page: 2, pageSize: 50, sort: '-arpu', state: 'open' })).toEqual({
    level: 'high',
    page: 2,
    pageSize: 50,
    sort: '-arpu',
    state: 'open',
  })
})

test('a phone number in the address stays text', () => {
  expect(lookupSearch({ q: 13912345678 })).toEqual({ q: '13912345678' })
})

test('a changed filter starts at the first page, and undefined takes a filter away', () => {
  expect(changed({ level: 'high', page: 3 }, { channel: 'sms' })).toEqual({ level: 'high', channel: 'sms' })
  expect(changed({ level: 'high', page: 3 }, { level: undefined })).toEqual({})
  expect(changed({ level: 'high' }, { page: 4 })).toEqual({ level: 'high', page: 4 })
})

test('a list begins with what waits for somebody, and shows every state when asked', () => {
  expect(taskQuery({}, 20)).toEqual({ pageSize: 20, state: 'open,claimed' })
  expect(taskQuery({ state: 'all', level: 'high' }, 20)).toEqual({ pageSize: 20, level: 'high' })
  expect(taskQuery({ state: 'done', pageSize: 50 }, 20)).toEqual({ pageSize: 50, state: 'done' })
})

test('no address can make the page fail', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), raw => {
      expect(Object.values(taskSearch(raw))).not.toContain(undefined)
    }),
  )
})

test('signing in leads back into the console and never out of it', () => {
  expect(backSearch({ back: '/tasks?level=high' })).toEqual({ back: '/tasks?level=high' })
  for (const back of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '',
  ]) {
    expect(backSearch({ back })).toEqual({})
  }
})
