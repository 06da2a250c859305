import Type, { type Static } from 'typebox'
import { addDays, type Fault, type PlainDate } from '#kernel'
import { shapeFaults } from '#rules'
import { badWaves, dayPast, periodEmpty, unknownPlaceholder, unknownThing, wrongChannel } from './faults.ts'

const words = Type.Object(
  { zh: Type.String({ minLength: 1, maxLength: 400 }), en: Type.String({ minLength: 1, maxLength: 400 }) },
  { additionalProperties: false },
)
const id = Type.String({ pattern: '^[a-z][a-z0-9_]{1,62}$' })
const listId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const fen = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })
const success = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('recharged'),
      withinDays: Type.Integer({ minimum: 1, maximum: 90 }),
      atLeastFen: fen,
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('stayed'), withinDays: Type.Integer({ minimum: 1, maximum: 90 }) },
    { additionalProperties: false },
  ),
])

export const planShape = Type.Object(
  {
    title: words,
    /** A rule by its id, a condition of its own, or a list of people's own by its number. */
    target: Type.Union([
      Type.Object({ rule: id }, { additionalProperties: false }),
      Type.Object({ condition: Type.Unknown() }, { additionalProperties: false }),
      Type.Object({ list: listId }, { additionalProperties: false }),
    ]),
    offer: id,
    purpose: Type.Enum(['selling', 'care']),
    /** In the order in which they are tried. */
    channels: Type.Array(Type.Enum(['call', 'sms']), { minItems: 1, maxItems: 2, uniqueItems: true }),
    /** What the message says in place of the offer's own. */
    smsText: Type.Optional(words),
    /** What a caller says: a script of the catalogue. */
    script: Type.Optional(id),
    /** `[from, to)`. */
    period: Type.Object({ from: day, to: day }, { additionalProperties: false }),
    /** Each the day it begins and its share of the members; together 100. One wave on the first day when left out. */
    waves: Type.Optional(
      Type.Array(
        Type.Object(
          { from: day, percent: Type.Integer({ minimum: 1, maximum: 100 }) },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 12 },
      ),
    ),
    /** What it may cost at most: the offer's cost, counted for everybody approached. */
    budgetFen: fen,
    perDayMax: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
    /** Of the account manager's day, for a call. */
    minutes: Type.Integer({ minimum: 0, maximum: 120 }),
    /** What approaching one is expected to bring, before its cost. */
    valueFen: fen,
    controlPercent: Type.Integer({ minimum: 0, maximum: 50 }),
    success,
    /** It pauses by itself when more than this share of those approached opted out since. */
    stopAtOptOutPercent: Type.Optional(Type.Number({ minimum: 0.1, maximum: 100 })),
  },
  { additionalProperties: false },
)
/** What somebody plans, as plain data. */
export type Plan = Static<typeof planShape>

/** What a plan may name. */
export interface Known {
  hasRule(id: string): boolean
  /** Faults of a condition of its own, with paths below it. */
  conditionFaults(condition: unknown): readonly Fault[]
  /** Why a plan may not be for the people of a list. */
  listFaults(list: number): readonly Fault[]
  offer(
    id: string,
  ):
    | { readonly channels: readonly string[]; readonly smsText?: unknown; readonly costFen: number }
    | undefined
  hasScript(id: string): boolean
  /** Placeholders of a text that nothing fills. */
  unfilled(text: string): readonly string[]
}

/** Everything that is wrong with a plan; `today`: its end lies behind no plan. */
export function planFaults(input: unknown, known: Known, today: PlainDate): readonly Fault[] {
  const misshapen = shapeFaults(planShape, input)
  if (misshapen.length > 0) return misshapen
  const plan = input as Plan
  return [
    ...targetFaults(plan, known),
    ...offerFaults(plan, known),
    ...textFaults(plan, known),
    ...timeFaults(plan, today),
  ]
}

function targetFaults({ target }: Plan, known: Known): readonly Fault[] {
  if ('rule' in target)
    return known.hasRule(target.rule) ? [] : [unknownThing('rule', target.rule, '/target')]
  if ('list' in target)
    return known.listFaults(target.list).map(f => ({ ...f, at: { ...f.at, path: '/target' } }))
  return known.conditionFaults(target.condition).map(f => ({
    ...f,
    at: { ...f.at, path: `/target/condition/${String(f.at?.['path'] ?? '')}` },
  }))
}

function offerFaults(plan: Plan, known: Known): readonly Fault[] {
  const offer = known.offer(plan.offer)
  const script =
    plan.script === undefined || known.hasScript(plan.script)
      ? []
      : [unknownThing('script', plan.script, '/script')]
  if (offer === undefined) return [unknownThing('offer', plan.offer, '/offer'), ...script]
  const wrong = plan.channels.filter(channel => {
    const hasWords =
      channel === 'call' ? plan.script !== undefined : (plan.smsText ?? offer.smsText) !== undefined
    return !offer.channels.includes(channel) || !hasWords
  })
  return [...wrong.map(channel => wrongChannel(plan.offer, channel)), ...script]
}

function textFaults({ smsText }: Plan, known: Known): readonly Fault[] {
  if (smsText === undefined) return []
  return (['zh', 'en'] as const).flatMap(lang =>
    known.unfilled(smsText[lang]).map(name => unknownPlaceholder(name, `/smsText/${lang}`)),
  )
}

function timeFaults({ period, waves = [] }: Plan, today: PlainDate): readonly Fault[] {
  const faults: Fault[] = []
  if (period.from >= period.to) faults.push(periodEmpty())
  else if (period.to <= today) faults.push(dayPast('/period/to'))
  const sum = waves.reduce((total, w) => total + w.percent, 0)
  const isIn = waves.every(w => w.from >= period.from && w.from < period.to)
  const inOrder = waves.every((w, i) => i === 0 || (waves[i - 1]?.from ?? '') < w.from)
  if (waves.length > 0 && (sum !== 100 || !isIn || !inOrder)) faults.push(badWaves())
  return faults
}

/** Which wave a share between 0 and 1 falls into. */
export function waveAt(plan: Plan, share: number): number {
  let upTo = 0
  for (const [i, wave] of (plan.waves ?? []).entries()) {
    upTo += wave.percent / 100
    if (share < upTo) return i
  }
  return Math.max(0, (plan.waves?.length ?? 1) - 1)
}

/** The waves whose turn has come on a day; none outside the period. */
export function wavesDue({ period, waves }: Plan, day: PlainDate): readonly number[] {
  if (day < period.from || day >= period.to) return []
  return (waves ?? [{ from: period.from }]).flatMap((w, i) => (w.from <= day ? [i] : []))
}

/** How long a plan runs, in days. */
export function daysOfPlan({ period }: Plan): number {
  let days = 0
  for (let at = period.from as PlainDate; at < period.to; at = addDays(at, 1)) days++
  return days
}
