import type { Binding, Condition } from '#rules'

/** What a target asks: a condition with its parameters, not yet bound to a day. */
export interface Target {
  readonly condition: Condition
  readonly parameters: Binding['parameters']
}
