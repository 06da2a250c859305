import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, plainDate } from '#kernel'
import { type LifeSpan, lifeAfter, type WarningLife } from './index.ts'

const first = plainDate('2026-03-01')
const span: LifeSpan = { closesAfterDays: 3, reopensWithinDays: 10 }
type Sign = '' | 'l' | 'm' | 'h' | 'L' | 'M' | 'H' | '*'

/** One letter a day: the level raised, in capitals when somebody spoke with the customer; `*`: spoken with, no sign. */
function lived(signs: string): (WarningLife | undefined)[] {
  const levels = { l: 'low', m: 'medium', h: 'high' } as const
  let last: WarningLife | undefined
  return signs.split('').map((sign, i) => {
    const day = addDays(first, i)
    const level = levels[sign.toLowerCase() as 'l' | 'm' | 'h']
    const isWorked = sign === '*' || sign !== sign.toLowerCase()
    const next = lifeAfter(last, { day, subscriberId: 's', level, isWorked }, span)
    if (next !== undefined) last = next
    return next
  })
}
const statesOf = (signs: string) => lived(signs).map(life => life?.state)
const last = (signs: string) => lived(signs).at(-1)

test('signs on one day after the other are one warning', () => {
  expect(last('lll')).toEqual({
    day: addDays(first, 2),
    subscriberId: 's',
    openedOn: first,
    state: 'raised',
    level: 'low',
    highest: 'low',
    lastOn: addDays(first, 2),
    raisedDays: 3,
    workedOn: null,
    escalatedOn: null,
    reopened: 0,
  })
})

test('nobody is warned about without a sign', () => {
  expect(statesOf('..*.')).toEqual([undefined, undefined, undefined, undefined])
})

test('spoken with, it stays worked until it rises or comes back after a pause', () => {
  expect(statesOf('lLll')).toEqual(['raised', 'worked', 'worked', 'worked'])
  expect(statesOf('lLm')).toEqual(['raised', 'worked', 'raised'])
  expect(last('lLm')).toMatchObject({ escalatedOn: addDays(first, 2), workedOn: null })
  expect(statesOf('lL.l')).toEqual(['raised', 'worked', 'eased', 'raised'])
  expect(statesOf('l*')).toEqual(['raised', 'eased'])
})

test('a level that falls and comes back to what it was is a rise; the highest is kept', () => {
  expect(last('mlm')).toMatchObject({ level: 'medium', highest: 'medium', escalatedOn: addDays(first, 2) })
  expect(last('hl')).toMatchObject({ level: 'low', highest: 'high', escalatedOn: null })
})

test('it is closed so many days after its last sign, once', () => {
  expect(statesOf('l....')).toEqual(['raised', 'eased', 'eased', 'closed', undefined])
})

test('back within the time it is the same warning, opened again; later it is another', () => {
  expect(last('l...l')).toMatchObject({ state: 'raised', openedOn: first, reopened: 1, raisedDays: 2 })
  const late = `l...${'.'.repeat(9)}`
  expect(last(`${late}l`)).toMatchObject({ openedOn: first, reopened: 1 })
  expect(last(`${late}.l`)).toMatchObject({ openedOn: addDays(first, 14), reopened: 0, raisedDays: 1 })
})

test('whatever the days bring, the life adds up', () => {
  const sign = fc.constantFrom<Sign | '.'>('.', 'l', 'm', 'h', 'L', 'M', 'H', '*')
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 60 }), signs => {
      for (const [i, life] of lived(signs.join('')).entries()) {
        const hasSign = !['.', '*'].includes(signs[i] ?? '.')
        expect(life !== undefined && ['raised', 'worked'].includes(life.state)).toBe(hasSign)
        if (life !== undefined) addsUp(life, i, hasSign)
      }
    }),
    { numRuns: 500 },
  )
})

function addsUp(life: WarningLife, i: number, hasSign: boolean): void {
  const rank = { low: 1, medium: 2, high: 3 }
  expect(life.day).toBe(addDays(first, i))
  expect(life.lastOn === life.day).toBe(hasSign)
  expect(life.openedOn <= life.lastOn && life.lastOn <= life.day).toBe(true)
  expect(rank[life.highest]).toBeGreaterThanOrEqual(rank[life.level])
  expect(life.state === 'worked' && life.workedOn === null).toBe(false)
}
