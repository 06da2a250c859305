import { expect, test } from 'vitest'
import { weeksOf } from './weeks.ts'

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
