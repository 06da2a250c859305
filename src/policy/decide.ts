import type { Policy, PolicyRow, ValueClass } from './policy.ts'

/** The policy's answer to an action for a value class; undefined when it has none: then nothing is proposed. */
export function offerFor(policy: Policy, action: string, valueClass: ValueClass): PolicyRow | undefined {
  return policy.rows.find(row => row.action === action && row.valueClasses.includes(valueClass))
}
