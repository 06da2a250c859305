import Type, { type Static } from 'typebox'
import type { Fault } from '#kernel'
import { type Rule, readEntriesAs } from '#rules'
import { levelsOutOfOrder, signalTwice, unknownSignal } from './faults.ts'

const words = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
)
const score = Type.Integer({ minimum: 1, maximum: 1000 })

const planShape = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9_]{1,62}$' }),
    title: words,
    means: words,
    /** Rules that count as signs of risk; each adds its points when it fires. */
    signals: Type.Array(Type.String(), { minItems: 1 }),
    /** How long a warning is watched after its last sign, and how long after closing it may come back. */
    life: Type.Object(
      {
        closesAfterDays: Type.Integer({ minimum: 1, maximum: 90 }),
        reopensWithinDays: Type.Integer({ minimum: 0, maximum: 365 }),
      },
      { additionalProperties: false },
    ),
    /** The score from which a level begins; below `low` a subscriber is stable. */
    levelFrom: Type.Object({ high: score, medium: score, low: score }, { additionalProperties: false }),
  },
  { additionalProperties: false },
)
/** Which rules warn, and from which score a warning has which level. */
export type WarningPlan = Static<typeof planShape>

export type WarningLevel = 'high' | 'medium' | 'low' | 'stable'

export interface WarningPlans {
  readonly plans: readonly WarningPlan[]
  readonly faults: readonly Fault[]
}

/** Reads the catalogue's warning plans; a signal that is no rule is a fault. All faults at once, with file and line. */
export async function readWarningPlans(folder: string, rules: readonly Rule[]): Promise<WarningPlans> {
  const known = new Set(rules.map(rule => rule.id))
  const { entries, faults } = await readEntriesAs(folder, planShape)
  const wrong = entries.map(entry => ({ entry, faults: planFaults(entry.value, known).map(entry.place) }))
  return {
    plans: wrong.filter(w => w.faults.length === 0).map(w => w.entry.value),
    faults: [...faults, ...wrong.flatMap(w => w.faults)],
  }
}

function planFaults(plan: WarningPlan, known: ReadonlySet<string>): Fault[] {
  const { high, medium, low } = plan.levelFrom
  const signals = plan.signals.flatMap((rule, i): Fault[] => {
    if (!known.has(rule)) return [unknownSignal(rule, `signals/${i}`)]
    return plan.signals.indexOf(rule) === i ? [] : [signalTwice(rule, `signals/${i}`)]
  })
  return high > medium && medium > low ? signals : [...signals, levelsOutOfOrder('levelFrom')]
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
