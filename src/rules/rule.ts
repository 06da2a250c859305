import type { Fault, PlainDate } from '#kernel'
import type { Cell } from '#warehouse'
import { bind } from './bind.ts'
import type { BoundCondition, Condition } from './condition.ts'
import { notValid, ruleHeld } from './faults.ts'
import type { Words } from './known-factor.ts'
import type { Parameter, ParameterValues } from './parameter.ts'

/** How a rule's sign of risk weighs: at least this level when it fires, whatever the points say. */
export type RuleLevel = 'high' | 'medium' | 'low'

/** What a rule must say of somebody: of a subscriber with these factors (the others missing), or of a real one by key. */
export type RuleTest = { readonly matches: boolean } & (
  | { readonly values: Readonly<Record<string, Cell>>; readonly on?: PlainDate }
  | { readonly subscriber: string }
)

/** A condition with a name, an owner and a weight: what a campaign manager keeps. */
export interface Rule {
  readonly id: string
  /** Raised by its owner with every change of meaning; kept with whatever the rule caused. */
  readonly version: number
  readonly title: Words
  readonly means: Words
  readonly owner: string
  readonly parameters: readonly Parameter[]
  readonly condition: Condition
  /** Every factor the condition asks about, each once. */
  readonly uses: readonly string[]
  /** What it adds to a warning's score when it fires. */
  readonly points: number
  readonly levelAtLeast?: RuleLevel
  /** What kind of action it calls for, in the words of the policy table. */
  readonly action?: string
  /** Share of those it selects who are kept aside, in percent. */
  readonly controlPercent: number
  /** It is asked on mornings of `[validFrom, validTo)`; without an end for good. */
  readonly validFrom?: PlainDate
  readonly validTo?: PlainDate
  /** Asked whenever the rule is read or saved. */
  readonly tests?: readonly RuleTest[]
}

/** Why a rule is not asked on a morning that it is not meant for. */
export function notValidOn(rule: Rule, day: PlainDate): Fault<'rule.not-valid'> | undefined {
  const { id, title, validFrom, validTo } = rule
  const isValid = (validFrom === undefined || validFrom <= day) && (validTo === undefined || day < validTo)
  return isValid ? undefined : notValid({ rule: id }, title, validFrom ?? '…', validTo ?? '…')
}

/** The rule's condition for one day, with its parameters at their defaults unless told otherwise. */
export function bindRule(rule: Rule, asOf: PlainDate, values?: ParameterValues): BoundCondition {
  return bind(rule.condition, {
    asOf,
    parameters: rule.parameters,
    ...(values === undefined ? {} : { values }),
  })
}

/** Why a rule cannot be asked today, when a factor it uses is off; `off` says why each of those is. */
export function switchedOff(rule: Rule, off: ReadonlyMap<string, Words>): Fault<'rule.held'> | undefined {
  const [first] = rule.uses.filter(factor => off.has(factor))
  if (first === undefined) return undefined
  const why = off.get(first) as Words
  return ruleHeld({ rule: rule.id, factor: first }, rule.title, why)
}
