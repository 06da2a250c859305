import Type, { type Static } from 'typebox'
import { daysBetween, type Fault, type PlainDate } from '#kernel'
import {
  besides,
  type Condition,
  check,
  type KnownFactors,
  parseCondition,
  type Rule,
  readEntriesAs,
} from '#rules'
import { levelsOutOfOrder, planTwice, signalAsksItself, signalTwice, unknownSignal } from './faults.ts'

const closed = { additionalProperties: false } as const
const words = Type.Object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, closed)
const score = Type.Integer({ minimum: 1, maximum: 1000 })
const id = Type.String({ pattern: '^[a-z][a-z0-9_]{1,62}$' })

/** A rule that is a sign of risk; points and least level are the rule's own where the plan does not say others. */
const signalShape = Type.Union([
  Type.String(),
  Type.Object(
    {
      rule: Type.String(),
      points: Type.Integer({ minimum: 0, maximum: 100 }),
      levelAtLeast: Type.Optional(Type.Enum(['high', 'medium', 'low'])),
    },
    closed,
  ),
])
export type PlanSignal = Static<typeof signalShape>

const planShape = Type.Object(
  {
    id,
    title: words,
    means: words,
    /** Looked at on this day of the week, 1 Monday … 7 Sunday; every morning when left out. */
    weekday: Type.Optional(Type.Integer({ minimum: 1, maximum: 7 })),
    /** Whom it asks about; everybody when left out. */
    asks: Type.Optional(Type.Unknown()),
    /** Rules that count as signs of risk; each adds its points when it fires. */
    signals: Type.Array(signalShape, { minItems: 1 }),
    /** Every other rule in force that is worth points is a sign too: rules that people make. */
    others: Type.Optional(Type.Boolean()),
    /** What each level calls for, in the words of the policy; when left out, each rule calls for its own. */
    answers: Type.Optional(
      Type.Object({ high: Type.Optional(id), medium: Type.Optional(id), low: Type.Optional(id) }, closed),
    ),
    /** Of those whom the plan itself proposes, how many are kept aside, in percent. */
    controlPercent: Type.Optional(Type.Integer({ minimum: 0, maximum: 50 })),
    /** How long a warning is watched after its last sign, and how long after closing it may come back. */
    life: Type.Object(
      {
        closesAfterDays: Type.Integer({ minimum: 1, maximum: 90 }),
        reopensWithinDays: Type.Integer({ minimum: 0, maximum: 365 }),
      },
      closed,
    ),
    /** The score from which a level begins; below `low` a subscriber is stable. */
    levelFrom: Type.Object({ high: score, medium: score, low: score }, closed),
  },
  closed,
)
type Shape = Static<typeof planShape>

/** Which rules warn whom and how often, and from which score a warning has which level. */
export interface WarningPlan extends Omit<Shape, 'asks'> {
  readonly asks?: Condition
}

export type WarningLevel = 'high' | 'medium' | 'low' | 'stable'

export interface WarningPlans {
  readonly plans: readonly WarningPlan[]
  readonly faults: readonly Fault[]
}

/**
 * Reads the catalogue's warning plans; a signal that is no rule is a fault, unless the rules are still to be read. All faults at
 * once, with file and line.
 */
export async function readWarningPlans(
  folder: string,
  rules: readonly Rule[] | undefined,
  factors: KnownFactors,
): Promise<WarningPlans> {
  const known = rules && new Map(rules.map(rule => [rule.id, rule]))
  const { entries, faults } = await readEntriesAs(folder, planShape)
  const plans = new Map<string, WarningPlan>()
  const wrong = entries.flatMap(({ value, place }) => {
    const asked = asking(value.asks, factors)
    const twice = plans.has(value.id) ? [planTwice(value.id, 'id')] : []
    const all = [...planFaults(value, known), ...asked.faults, ...twice]
    const { asks: _, ...rest } = value
    if (all.length === 0) plans.set(value.id, { ...rest, ...(asked.asks && { asks: asked.asks }) })
    return all.map(place)
  })
  return { plans: [...plans.values()], faults: [...faults, ...wrong] }
}

function asking(input: unknown, factors: KnownFactors): { asks?: Condition; faults: readonly Fault[] } {
  if (input === undefined) return { faults: [] }
  const { condition, faults } = parseCondition(input, 'asks')
  if (condition === undefined) return { faults }
  return { asks: condition, faults: check(condition, factors, [], 'asks') }
}

function planFaults(plan: Shape, known: ReadonlyMap<string, Rule> | undefined): Fault[] {
  const { high, medium, low } = plan.levelFrom
  const rules = plan.signals.map(ruleOf)
  const signals = rules.flatMap((rule, i): Fault[] => {
    const signal = known?.get(rule)
    if (known !== undefined && signal === undefined) return [unknownSignal(rule, `signals/${i}`)]
    if (signal !== undefined && besides.asksWarned(signal.uses))
      return [signalAsksItself(rule, `signals/${i}`)]
    return rules.indexOf(rule) === i ? [] : [signalTwice(rule, `signals/${i}`)]
  })
  return high > medium && medium > low ? signals : [...signals, levelsOutOfOrder('levelFrom')]
}

/** The rule that a signal of a plan is. */
export function ruleOf(signal: PlanSignal): string {
  return typeof signal === 'string' ? signal : signal.rule
}

/**
 * Whether a plan is looked at on a morning, when it was last looked at before: a weekly one on its day of the week, or on the
 * first morning after it that there is.
 */
export function isLookedAt(plan: WarningPlan, day: PlainDate, lastLook: PlainDate | undefined): boolean {
  if (plan.weekday === undefined || lastLook === undefined) return true
  const daysSince = (weekdayOf(day) - plan.weekday + 7) % 7
  return daysBetween(lastLook, day) > daysSince
}

/** 2000-01-03 was a Monday. */
const someMonday = '2000-01-03' as PlainDate

function weekdayOf(day: PlainDate): number {
  const days = daysBetween(someMonday, day) % 7
  return (days < 0 ? days + 7 : days) + 1
}

/** The level of a score, given the highest level that a fired rule asks for at least. */
export function levelOf(
  plan: WarningPlan,
  score: number,
  atLeast: readonly WarningLevel[] = [],
): WarningLevel {
  const { high, medium, low } = plan.levelFrom
  if (score >= high || atLeast.includes('high')) return 'high'
  if (score >= medium || atLeast.includes('medium')) return 'medium'
  return score >= low || atLeast.includes('low') ? 'low' : 'stable'
}
