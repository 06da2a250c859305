import { expect, test } from 'vitest'
import type { FactorHistory } from '#wire'
import { changes, historyDays } from './history-points.ts'

function history(type: FactorHistory['type'], unit: string | null, values: FactorHistory['points']) {
  const title = { zh: '因子', en: 'factor' }
  return { id: 'f', title, type, unit, from: '2026-01-01', to: '2026-12-31', points: values, gaps: [] }
}
const on = (day: string, value: FactorHistory['points'][number]['value']) => ({
  day,
  value,
  valueTitle: null,
})

test('a day without a value is drawn empty, and money is drawn in yuan', () => {
  const points = [on('2026-02-27', 1250), on('2026-02-28', null), on('2026-03-02', 0)]
  expect(historyDays(history('money', null, points))).toEqual({
    at: ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'],
    values: [12.5, null, null, 0],
  })
})

test('a share is drawn in per cent, a flag as one and zero, and nothing of nothing', () => {
  expect(historyDays(history('number', 'share', [on('2026-02-27', 0.125)])).values).toEqual([12.5])
  expect(historyDays(history('flag', null, [on('2026-02-27', true)])).values).toEqual([1])
  expect(historyDays(history('flag', null, []))).toEqual({ at: [], values: [] })
})

test('of a text only the changes are listed, the newest first', () => {
  const points = [on('2026-01-01', 'a'), on('2026-01-02', 'a'), on('2026-01-04', null), on('2026-01-05', 'a')]
  expect(changes(history('text', null, points)).map(p => p.day)).toEqual([
    '2026-01-05',
    '2026-01-04',
    '2026-01-01',
  ])
})
