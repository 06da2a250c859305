import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type attemptStates, replaces } from './attempt.ts'
import { noDealings } from './dealings.ts'
import { nothingNew } from './live.ts'
import { quietUntil, standardPolicy } from './policy.ts'
import { saysStop } from './receive.ts'
import { type Dealings, type LiveFacts, type Proposed, recheck } from './recheck.ts'

const noon = new Date('2026-03-10T04:00:00Z')
const proposed: Proposed = {
  channel: 'sms',
  number: '13800000001',
  asksRecharge: true,
  stillHolds: () => true,
}

function ask(some: {
  proposed?: Partial<Proposed>
  facts?: Partial<LiveFacts>
  dealings?: Partial<Dealings>
  at?: Date
}) {
  const verdict = recheck(
    { ...proposed, ...some.proposed },
    { ...nothingNew, ...some.facts },
    { ...noDealings, ...some.dealings },
    { at: some.at ?? noon, policy: standardPolicy },
  )
  return verdict.do === 'go' ? 'go' : `${verdict.do} ${verdict.reason.code.replace('contact.', '')}`
}

test('when nothing has changed since the morning, the contact goes', () => {
  expect(ask({})).toBe('go')
  expect(ask({ facts: { status: 'active', number: '13800000001' } })).toBe('go')
})

test.each([
  ['recharged', { facts: { recharges: 1, rechargeFen: 5_000 } }],
  ['rule-no-longer-holds', { proposed: { stillHolds: () => false } }],
  ['no-number', { proposed: { number: null } }],
  ['number-changed', { facts: { number: '13900000009' } }],
  ['line-status', { facts: { status: 'ported_out' } }],
  ['opted-out', { dealings: { optedOut: ['sms'] as const } }],
  ['contacted-today', { dealings: { contactsToday: 1 } }],
  ['cap-sms', { dealings: { contacts7: { call: 0, sms: 2 } } }],
  ['cap-sms', { dealings: { contacts30: { call: 0, sms: 5 } } }],
  ['cap-overall', { dealings: { contacts7: { call: 2, sms: 1 } } }],
  ['cap-overall', { dealings: { contacts30: { call: 3, sms: 3 } } }],
] as const)('%s stops the contact for good', (code, some) => {
  expect(ask(some)).toBe(`refuse ${code}`)
})

test('whoever recharged is not asked to recharge; a message that asks for none looks at its rule only', () => {
  const facts = { recharges: 1, rechargeFen: 3_000 }
  expect(ask({ facts, proposed: { asksRecharge: false } })).toBe('go')
  const isPoor = (live: LiveFacts) => 500 + live.rechargeFen < 1_000
  expect(ask({ proposed: { asksRecharge: false, stillHolds: isPoor } })).toBe('go')
  expect(ask({ facts, proposed: { asksRecharge: false, stillHolds: isPoor } })).toBe(
    'refuse rule-no-longer-holds',
  )
})

test('an opt-out from calls does not stop a message', () => {
  expect(ask({ dealings: { optedOut: ['call'] } })).toBe('go')
})

test('quiet hours are the carrier’s, from 21:00 to 08:00, and the contact waits', () => {
  expect(ask({ at: new Date('2026-03-10T12:59:59Z') })).toBe('go')
  expect(ask({ at: new Date('2026-03-10T13:00:00Z') })).toBe('wait quiet-hours')
  expect(ask({ at: new Date('2026-03-10T23:59:59Z') })).toBe('wait quiet-hours')
  expect(ask({ at: new Date('2026-03-11T00:00:00Z') })).toBe('go')
})

test('what is refused for good is refused at night too, so that nothing waits in vain', () => {
  expect(ask({ at: new Date('2026-03-10T16:00:00Z'), dealings: { optedOut: ['sms'] } })).toBe(
    'refuse opted-out',
  )
})

test('waiting ends exactly when the quiet hours do, whatever the hours and the zone', () => {
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
  const zone = fc.constantFrom('Asia/Shanghai', 'UTC', 'Asia/Kolkata', 'America/New_York')
  const at = fc.date({
    min: new Date('2026-04-01T00:00:00Z'),
    max: new Date('2026-09-30T00:00:00Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(clock, clock, zone, at, (from, to, where, moment) => {
      fc.pre(from !== to)
      const until = quietUntil(moment, { from, to }, where)
      if (until === undefined) return
      expect(until.getTime()).toBeGreaterThan(moment.getTime())
      expect(until.getTime() - moment.getTime()).toBeLessThanOrEqual(24 * 3_600_000)
      expect(quietUntil(until, { from, to }, where)).toBeUndefined()
      expect(quietUntil(new Date(until.getTime() - 1), { from, to }, where)).toEqual(until)
    }),
  )
})

test.each(['TD', 'td', ' Td。', '退订', '退订！', '退订谢谢', 'ＴＤ', 'STOP', 'stop please', 'T'])(
  '"%s" means never again',
  text => {
    expect(saysStop(text, standardPolicy)).toBe(true)
  },
)

test.each(['', '好的', 'STOPPED by today', 'THANKS', '请问怎么退订', '1'])('"%s" does not', text => {
  expect(saysStop(text, standardPolicy)).toBe(false)
})

test('in whatever order news of a message comes, it ends in the same state', () => {
  const news = ['in_doubt', 'handed_over', 'failed', 'delivered'] as const
  const after = (some: readonly (typeof news)[number][]) =>
    some.reduce<keyof typeof attemptStates>(
      (state, one) => (replaces[one].includes(state) ? one : state),
      'prepared',
    )
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...news)), fc.infiniteStream(fc.nat()), (some, dice) => {
      const shuffled = some.toSorted(() => (dice.next().value as number) - 2 ** 30)
      expect(after(shuffled)).toBe(after(some))
      expect(after([...some, 'delivered', ...shuffled])).toBe('delivered')
    }),
  )
})
