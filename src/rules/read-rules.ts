import type { Fault } from '#kernel'
import { asksWarned } from './beside.ts'
import { check } from './check.ts'
import { type Entry, readEntries } from './entries.ts'
import { asksItself, duplicateRule } from './faults.ts'
import type { KnownFactors } from './known-factor.ts'
import { parseRule } from './parse-rule.ts'
import type { Rule } from './rule.ts'
import { testFaults } from './rule-tests.ts'

/** The rules of a folder that are right, and every fault of those that are not, each with file and line. */
export interface RuleBook {
  readonly rules: readonly Rule[]
  readonly faults: readonly Fault[]
}

/** Reads every `*.yaml` of a folder; each file is a list of rules. Never stops at the first fault. */
export async function readRules(folder: string, factors: KnownFactors): Promise<RuleBook> {
  const { entries, faults: unreadable } = await readEntries(folder)
  const read = entries.map(entry => ({ entry, ...ruleIn(entry, factors) }))
  const faults = [...unreadable, ...read.flatMap(r => r.faults)]
  const rules = new Map<string, Rule>()
  for (const { entry, rule } of read) {
    if (rule === undefined) continue
    if (rules.has(rule.id)) faults.push(duplicateRule(entry.at, rule.id))
    else rules.set(rule.id, rule)
  }
  return { rules: [...rules.values()], faults }
}

/** One rule as YAML or JSON has it, checked against the factors: the rule, or every fault with the path to it. */
export function ruleFrom(
  value: unknown,
  factors: KnownFactors,
  /** Rules that warnings are made from, whatever they are worth. */
  signs: ReadonlySet<string> = new Set(),
): { readonly rule: Rule | undefined; readonly faults: readonly Fault[] } {
  const { rule, checkable, faults } = parseRule(value)
  const checked = checkable === undefined ? [] : check(checkable.condition, factors, checkable.parameters)
  const right = rule !== undefined && checked.length === 0
  const isSign = rule !== undefined && (rule.points > 0 || signs.has(rule.id))
  const circular = isSign && asksWarned(rule.uses)
  const all = [
    ...faults,
    ...checked,
    ...(circular ? [asksItself({ path: 'condition' })] : []),
    ...(right ? testFaults(rule, factors) : []),
  ]
  return { rule: all.length === 0 ? rule : undefined, faults: all }
}

function ruleIn(entry: Entry, factors: KnownFactors): ReturnType<typeof ruleFrom> {
  const { rule, faults } = ruleFrom(entry.value, factors)
  return { rule, faults: faults.map(entry.place) }
}
