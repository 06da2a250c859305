import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainDate } from '#kernel'
import {
  type AllocationInput,
  allocate,
  type ControlShares,
  type Limits,
  type Proposal,
  type Standing,
} from './index.ts'
import { slowly } from './slow-allocate.fixture.ts'

const day = plainDate('2026-03-10')
const generous = { per7DaysMax: 99, per30DaysMax: 99 }
const limits: Limits = {
  minutesOf: new Map([['m1', 480]]),
  channelMax: {},
  caps: { call: generous, sms: generous, overall: generous },
}
const nobodyAside: ControlShares = { salt: 'salt', universal: 0, perRule: 0 }

function proposal(some: Partial<Proposal>): Proposal {
  return {
    subscriberId: 's1',
    source: 'rule-a',
    channel: 'call',
    purpose: 'selling',
    offerId: 'offer-1',
    valueFen: 1_000,
    costFen: 100,
    minutes: 10,
    deadline: null,
    ...some,
  }
}

function standing(some: Partial<Standing>): Standing {
  return {
    subscriberId: 's1',
    managerId: 'm1',
    optedOut: [],
    hasOpenComplaint: false,
    hasOpenFault: false,
    hasOpenTask: false,
    contacts7: { call: 0, sms: 0 },
    contacts30: { call: 0, sms: 0 },
    ...some,
  }
}

function decide(
  proposals: readonly Proposal[],
  standings: readonly Standing[],
  some: Partial<AllocationInput> = {},
) {
  const byId = new Map(standings.map(s => [s.subscriberId, s]))
  return allocate({ day, proposals, standings: byId, limits, shares: nobodyAside, ...some })
}

function codes(
  proposals: readonly Proposal[],
  standings: readonly Standing[],
  some: Partial<AllocationInput> = {},
) {
  return decide(proposals, standings, some).decisions.map(d => d.reason.code)
}

test('the best of several proposals is chosen, the others say so', () => {
  const two = [proposal({}), proposal({ source: 'rule-b', valueFen: 2_000 })]
  expect(codes(two, [standing({})])).toEqual(['another-chosen', 'most-valuable'])
})

test('when the manager has no time left for the call, the SMS is sent', () => {
  const two = [proposal({}), proposal({ channel: 'sms', valueFen: 500, minutes: 0 })]
  const none = { ...limits, minutesOf: new Map([['m1', 5]]) }
  expect(codes(two, [standing({})], { limits: none })).toEqual(['manager-hours', 'most-valuable'])
})

test.each([
  ['opted-out', { optedOut: ['call'] as const }],
  ['open-complaint', { hasOpenComplaint: true }],
  ['open-fault', { hasOpenFault: true }],
  ['task-in-hand', { hasOpenTask: true }],
  ['no-manager', { managerId: null }],
  ['cap-channel', { contacts7: { call: 99, sms: 0 } }],
  ['cap-channel', { contacts30: { call: 99, sms: 0 } }],
  ['cap-overall', { contacts7: { call: 40, sms: 60 } }],
] as const)('%s stops a proposal: %j', (code, some) => {
  expect(codes([proposal({})], [standing(some)])).toEqual([code])
})

test('an open complaint stops selling, not service', () => {
  expect(codes([proposal({ purpose: 'service' })], [standing({ hasOpenComplaint: true })])).toEqual([
    'most-valuable',
  ])
})

test('what costs more than it brings, or comes too late, is refused', () => {
  expect(codes([proposal({ costFen: 1_000 })], [standing({})])).toEqual(['not-worth-its-cost'])
  expect(codes([proposal({ deadline: plainDate('2026-03-09') })], [standing({})])).toEqual(['past-deadline'])
  expect(codes([proposal({ deadline: day })], [standing({})])).toEqual(['most-valuable'])
})

test('the same proposal twice is a fault', () => {
  expect(() => decide([proposal({}), proposal({})], [])).toThrow('proposal.duplicate')
})

test('one more hour of a manager is worth the best calls that found no time', () => {
  const calls = [1, 2, 3, 4].map(n =>
    proposal({ subscriberId: `s${n}`, minutes: 30, valueFen: 100 + n * 100 }),
  )
  const standings = calls.map(c => standing({ subscriberId: c.subscriberId }))
  const { managers } = decide(calls, standings, { limits: { ...limits, minutesOf: new Map([['m1', 30]]) } })
  expect(managers).toEqual([
    {
      managerId: 'm1',
      minutesMax: 30,
      minutesUsed: 30,
      tasks: 1,
      oneMoreHour: { tasks: 2, valueFen: 300 + 200 },
    },
  ])
})

test('about 2 % of all and 10 % of each rule are kept aside, and the same ones every day', () => {
  const many = Array.from({ length: 20_000 }, (_, i) =>
    proposal({ subscriberId: `s${i}`, channel: 'sms', minutes: 0 }),
  )
  const shares = { salt: 'spring', universal: 0.02, perRule: 0.1 }
  const first = decide(many, [], { shares }).decisions
  const aside = (kind: string) => first.filter(d => d.control === kind).length / many.length
  expect(aside('universal')).toBeCloseTo(0.02, 2)
  expect(aside('rule')).toBeCloseTo(0.098, 2)
  const next = decide(many, [], { shares, day: plainDate('2026-03-11') }).decisions
  expect(next.map(d => d.control)).toEqual(first.map(d => d.control))
})

test('who is kept aside from one rule says nothing about another', () => {
  const aside = (source: string) => {
    const all = Array.from({ length: 20_000 }, (_, i) =>
      proposal({ subscriberId: `s${i}`, source, channel: 'sms', minutes: 0 }),
    )
    const { decisions } = decide(all, [], { shares: { salt: 'spring', universal: 0, perRule: 0.1 } })
    return new Set(decisions.filter(d => d.result === 'control').map(d => d.proposal.subscriberId))
  }
  const [a, b] = [aside('rule-a'), aside('rule-b')]
  expect([...a].filter(id => b.has(id)).length / 20_000).toBeCloseTo(0.01, 2)
})

test('the control group of a rule takes its share whatever the value of the proposals', () => {
  const many = Array.from({ length: 20_000 }, (_, i) =>
    proposal({ subscriberId: `s${i}`, channel: 'sms', minutes: 0, valueFen: 1_000 + i }),
  )
  const shares = { salt: 'spring', universal: 0, perRule: 0.1 }
  const { decisions } = decide(many, [], { shares, limits: { ...limits, channelMax: { sms: 5_000 } } })
  const acted = decisions.filter(d => d.result === 'act')
  const aside = decisions.filter(d => d.result === 'control')
  expect(acted).toHaveLength(5_000)
  expect(aside.length / (acted.length + aside.length)).toBeCloseTo(0.1, 1)
  const mean = (some: typeof decisions) => some.reduce((sum, d) => sum + d.proposal.valueFen, 0) / some.length
  expect(Math.abs(mean(acted) - mean(aside))).toBeLessThan(300)
})

const channel = fc.constantFrom('call', 'sms')
const small = fc.integer({ min: 0, max: 3 })
const someProposal = fc.record({
  subscriberId: fc.constantFrom('s1', 's2', 's3', 's4', 's5', 's6'),
  source: fc.constantFrom('rule-a', 'rule-b', 'rule-c'),
  channel,
  purpose: fc.constantFrom('selling', 'care', 'service'),
  offerId: fc.constantFrom(null, 'o1'),
  valueFen: fc.integer({ min: 0, max: 50 }),
  costFen: fc.integer({ min: 0, max: 20 }),
  minutes: fc.integer({ min: 0, max: 4 }),
  deadline: fc.constantFrom(null, plainDate('2026-03-09'), day, plainDate('2026-03-12')),
})
const counts = fc.record({ call: small, sms: small })
const someStanding = fc.record({
  subscriberId: fc.constantFrom('s1', 's2', 's3', 's4', 's5', 's6'),
  managerId: fc.constantFrom(null, 'm1', 'm2', 'm3'),
  optedOut: fc.uniqueArray(channel),
  hasOpenComplaint: fc.boolean(),
  hasOpenFault: fc.boolean(),
  hasOpenTask: fc.boolean(),
  contacts7: counts,
  contacts30: counts,
})
const cap = fc.record({
  per7DaysMax: fc.integer({ min: 1, max: 4 }),
  per30DaysMax: fc.integer({ min: 1, max: 5 }),
})
const someInput: fc.Arbitrary<AllocationInput> = fc.record({
  day: fc.constant(day),
  proposals: fc.uniqueArray(someProposal, {
    selector: p => `${p.subscriberId} ${p.source} ${p.channel} ${p.offerId}`,
    maxLength: 30,
  }),
  standings: fc.array(someStanding).map(all => new Map(all.map(s => [s.subscriberId, s]))),
  limits: fc.record({
    minutesOf: fc.record({ m1: fc.nat(12), m2: fc.nat(6) }).map(minutes => new Map(Object.entries(minutes))),
    channelMax: fc.record({ call: fc.nat(4), sms: fc.nat(4) }, { requiredKeys: [] }),
    sourceMax: fc.record({ 'rule-a': fc.nat(3), 'rule-b': fc.nat(3) }, { requiredKeys: [] }),
    caps: fc.record({ call: cap, sms: cap, overall: cap }),
  }),
  shares: fc.record({
    salt: fc.string(),
    universal: fc.constantFrom(0, 0.3),
    perRule: fc.constantFrom(0, 0.4),
  }),
})

test('decides as a slow and obvious allocator does, in whatever order the proposals come', () => {
  fc.assert(
    fc.property(someInput, fc.infiniteStream(fc.nat(1_000)), (input, dice) => {
      const shuffled = input.proposals.toSorted(() => (dice.next().value as number) - 500)
      const fast = allocate({ ...input, proposals: shuffled })
      expect(fast.decisions.map(d => [d.proposal, d.result, d.reason.code])).toEqual(slowly(input))
    }),
    { numRuns: 2_000 },
  )
})

test('never exceeds a manager’s minutes, a channel’s or a source’s capacity, nor contacts anyone twice', () => {
  fc.assert(
    fc.property(someInput, input => {
      const { decisions, managers } = allocate(input)
      expect(decisions.map(d => d.proposal)).toHaveLength(input.proposals.length)
      for (const day of managers) expect(day.minutesUsed).toBeLessThanOrEqual(day.minutesMax)
      const acted = decisions.filter(d => d.result === 'act').map(d => d.proposal)
      for (const channel of ['call', 'sms'] as const) {
        const most = input.limits.channelMax[channel] ?? Number.POSITIVE_INFINITY
        expect(acted.filter(p => p.channel === channel).length).toBeLessThanOrEqual(most)
      }
      for (const [source, most] of Object.entries(input.limits.sourceMax ?? {}))
        expect(acted.filter(p => p.source === source).length).toBeLessThanOrEqual(most)
      const settled = decisions.filter(d => d.result !== 'refused').map(d => d.proposal.subscriberId)
      expect(new Set(settled).size).toBe(settled.length)
    }),
    { numRuns: 1_000 },
  )
})

test('every reason has a sentence in both languages', () => {
  fc.assert(
    fc.property(someInput, input => {
      for (const { reason } of allocate(input).decisions) {
        expect(reason.en).toMatch(/^[a-z]/)
        expect(reason.zh).toMatch(/[\u4e00-\u9fff]/)
      }
    }),
  )
})
