import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assign, type Manager } from './assign.ts'

const manager = (id: string, some: Partial<Manager> = {}): Manager => ({
  id,
  nodePath: '/hq/',
  valueClasses: ['high'],
  subscribersMax: 100,
  subscribers: 0,
  ...some,
})
const subscriber = (subscriberId: string, some: object = {}) => ({
  subscriberId,
  nodePath: '/hq/k1/',
  valueClass: 'high',
  ...some,
})
const nobody = new Map<string, string | null>()

test('the least loaded takes the next, and nobody takes more than they can', () => {
  const managers = [manager('a', { subscribers: 2 }), manager('b', { subscribersMax: 1 })]
  const answer = assign(
    ['1', '2', '3'].map(id => subscriber(id)),
    nobody,
    managers,
  )
  expect([...answer.values()]).toEqual(['b', 'a', 'a'])
  const full = assign([subscriber('1')], nobody, [manager('a', { subscribers: 100 })])
  expect(full.get('1')).toBeNull()
})

test('who has a manager keeps them, even a full one; who left the range gives up the place', () => {
  const managers = [manager('a', { subscribers: 100 }), manager('b', { nodePath: '/hq/k2/' })]
  const moved = subscriber('2', { nodePath: '/hq/k2/', valueClass: 'low' })
  const present = new Map([
    ['1', 'a'],
    ['2', 'a'],
  ])
  const answer = assign([subscriber('1'), moved, subscriber('3')], present, managers)
  expect([...answer]).toEqual([
    ['1', 'a'],
    ['2', null],
    ['3', 'a'],
  ])
})

test('whatever the order of subscribers and managers, the answer is the same, suitable and even', () => {
  const classes = ['high', 'middle', 'low']
  const some = fc.record({
    subscribers: fc.uniqueArray(
      fc.record({
        subscriberId: fc.nat(999).map(String),
        nodePath: fc.constantFrom('/hq/k1/', '/hq/k2/', '/hq/'),
        valueClass: fc.constantFrom(...classes),
      }),
      { selector: s => s.subscriberId },
    ),
    managers: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        nodePath: fc.constantFrom('/hq/k1/', '/hq/k2/', '/hq/'),
        valueClasses: fc.subarray(classes),
        subscribersMax: fc.nat(10),
        subscribers: fc.nat(5),
      }),
      { selector: m => m.id },
    ),
    present: fc
      .dictionary(fc.nat(999).map(String), fc.constantFrom('a', 'b', 'c', 'gone'))
      .map(all => new Map(Object.entries(all))),
  })
  fc.assert(
    fc.property(some, ({ subscribers, managers, present }) => {
      const answer = assign(subscribers, present, managers)
      const again = assign(subscribers.toReversed(), present, managers.toReversed())
      expect(new Map(again)).toEqual(new Map(answer))
      for (const s of subscribers) {
        const m = managers.find(one => one.id === answer.get(s.subscriberId))
        const suits =
          m === undefined || (m.valueClasses.includes(s.valueClass) && s.nodePath.startsWith(m.nodePath))
        expect(suits).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})
