import type { Policy, PolicyRow, ValueClass } from './policy.ts'

/** The value class of an average monthly spending; nothing spent, or nothing known, is low. */
export function valueClassOf(policy: Policy, monthlySpendingFen: number | null): ValueClass {
  if (monthlySpendingFen === null) return 'low'
  if (monthlySpendingFen >= policy.valueClassFromFen.high) return 'high'
  return monthlySpendingFen >= policy.valueClassFromFen.middle ? 'middle' : 'low'
}

/** The policy's answer to an action for a value class; undefined when it has none: then nothing is proposed. */
export function offerFor(policy: Policy, action: string, valueClass: ValueClass): PolicyRow | undefined {
  return policy.rows.find(row => row.action === action && row.valueClasses.includes(valueClass))
}
