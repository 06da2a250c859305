import { expect, test } from 'vitest'
import { daysFrom, weeksOf } from './weeks.ts'

test('a week begins on Monday, and every day stands under its weekday', () => {
  const days = ['2026-09-16', '2026-09-17', '2026-09-18', '2026-09-19', '2026-09-20', '2026-09-21'].map(
    day => ({ day }),
  )
  expect(weeksOf(days).map(week => week.map(one => one?.day.slice(8)))).toEqual([
    [undefined, undefined, '16', '17', '18', '19', '20'],
    ['21', undefined, undefined, undefined, undefined, undefined, undefined],
  ])
  expect(weeksOf([])).toEqual([])
})

test('days are counted over the ends of months and years', () => {
  expect(daysFrom('2026-12-31', 1)).toBe('2027-01-01')
  expect(daysFrom('2028-03-01', -1)).toBe('2028-02-29')
})
