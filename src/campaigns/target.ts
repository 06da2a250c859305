import type { Binding, Condition } from '#rules'

/** What a target asks: a condition with its parameters, not yet bound to a day; or to be on a list. */
export type Target =
  | { readonly condition: Condition; readonly parameters: Binding['parameters'] }
  | { readonly list: number }
