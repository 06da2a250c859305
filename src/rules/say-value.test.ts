import { expect, test } from 'vitest'
import type { Cell } from '#warehouse'
import { type KnownFactor, sayValue } from './index.ts'

const said = (type: KnownFactor['type'], unit: string | undefined, value: Cell) => {
  const values = { grace: { en: 'in grace', zh: '宽限期' } }
  const factor: KnownFactor = {
    id: 'x',
    title: { en: 'x', zh: 'x' },
    type,
    feeds: [],
    values,
    ...(unit ? { unit } : {}),
  }
  return [sayValue(value, factor, 'zh'), sayValue(value, factor, 'en')]
}

test('values read as people write them', () => {
  expect(said('money', 'fen', 850)).toEqual(['¥8.50', '¥8.50'])
  expect(said('money', undefined, -5)).toEqual(['-¥0.05', '-¥0.05'])
  expect(said('number', 'fen/day', 123.4)).toEqual(['¥1.23/天', '¥1.23/day'])
  expect(said('number', 'share', -0.93154)).toEqual(['-93.15%', '-93.15%'])
  expect(said('number', 'share', 0.7)).toEqual(['70%', '70%'])
  expect(said('number', 'times', 1.2)).toEqual(['1.2 倍', '1.2 times'])
  expect(said('number', undefined, 0.1 + 0.2)).toEqual(['0.3', '0.3'])
  expect(said('number', 'min', 12.3456)).toEqual(['12.35 分钟', '12.35 min'])
  expect(said('integer', 'day', 1)).toEqual(['1 天', '1 day'])
  expect(said('integer', 'count', 3)).toEqual(['3', '3'])
  expect(said('integer', 'KiB', 2n ** 60n)).toEqual(['1152921504606846976 KiB', '1152921504606846976 KiB'])
  expect(said('text', undefined, 'grace')).toEqual(['宽限期', 'in grace'])
  expect(said('text', undefined, '畅享')).toEqual(['“畅享”', '"畅享"'])
  expect(said('date', undefined, '2026-11-22')).toEqual(['2026-11-22', '2026-11-22'])
  expect(said('flag', undefined, true)).toEqual(['是', 'yes'])
  expect(said('list', undefined, [])).toEqual(['空', 'nothing'])
  expect(said('list', undefined, ['a', 'b'])).toEqual(['“a”, “b”', '"a", "b"'])
  expect(said('money', 'fen', null)).toEqual(['无', 'none'])
})
