import { isPlainDate } from '#kernel'
import type { Literal } from './condition.ts'
import type { Words } from './known-factor.ts'

export type ParameterType = 'number' | 'integer' | 'money' | 'date' | 'text'

/** A threshold of a rule that its owner may turn within limits, without touching the condition. */
export interface Parameter {
  readonly id: string
  readonly title: Words
  readonly type: ParameterType
  /** Must be the unit of every factor it is compared with; `fen` for money, `day` when it counts days. */
  readonly unit?: string
  /** Inclusive limits. */
  readonly min?: Literal
  readonly max?: Literal
  readonly default: Literal
}

export type ParameterValues = Readonly<Record<string, Literal>>

/** Whether a value can belong to this type at all. Money and integers are whole and exact. */
export function isValueOf(type: ParameterType, value: Literal): boolean {
  switch (type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) && !isInexact(value)
    case 'integer':
    case 'money':
      return typeof value === 'number' && Number.isSafeInteger(value)
    case 'date':
      return typeof value === 'string' && isPlainDate(value)
    case 'text':
      return typeof value === 'string' && value.isWellFormed() && !value.includes('\0')
  }
}

/** Whole numbers so large that neighbours are more than one apart. */
function isInexact(value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value)
}

export function isWithin(parameter: Parameter, value: Literal): boolean {
  return (
    (parameter.min === undefined || value >= parameter.min) &&
    (parameter.max === undefined || value <= parameter.max)
  )
}
