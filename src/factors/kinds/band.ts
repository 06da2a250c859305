import { placeOf } from '../definition.ts'
import type { Words } from '../factor.ts'
import { fieldMalformed } from '../faults.ts'
import { fail, listOf, type Scope } from '../scope.ts'
import { call, literal, type Value } from '../value.ts'
import type { Resolution } from './kind.ts'
import { factorIn, fromFactors, numeric } from './other.ts'

/** From `from` upwards it is called `is`; the last band has no lower end. */
interface Step {
  readonly is: string
  readonly from?: number
  readonly words: Words
}

export interface Band {
  readonly kind: 'band'
  readonly of: string
  readonly steps: readonly Step[]
}

/** A number cut into named bands at thresholds. */
export function resolveBand(scope: Scope): Resolution<Band> | undefined {
  const of = factorIn(scope, 'of', numeric)
  const list = listOf(scope, 'bands')
  if (of === undefined || list === undefined) return undefined
  const steps = list.flatMap(step)
  if (steps.length !== list.length || !descends(steps)) {
    const en = 'bands { is, from, en, zh } with falling thresholds, the last one without'
    const zh = '阈值从高到低的 { is, from, en, zh } 列表，最后一档不写 from'
    return fail(scope, fieldMalformed(placeOf(scope.definition, 'bands'), 'bands', { en, zh }))
  }
  return fromFactors([of], {
    body: { kind: 'band', of: of.id, steps },
    type: 'text',
    unit: {},
    values: Object.fromEntries(steps.map(s => [s.is, s.words])),
    missing: { en: `${of.title.en} is missing`, zh: `${of.title.zh}缺失` },
  })
}

export function lowerBand(band: Band): Value {
  const value: Value = { is: 'factor', id: band.of }
  const named = band.steps.reduceRight<Value>(
    (below, { is, from }) =>
      from === undefined
        ? literal(is)
        : call('if', call('greater-equal', value, literal(from)), literal(is), below),
    literal(null),
  )
  return call('if', call('is-missing', value), literal(null), named)
}

function step(entry: unknown): Step[] {
  if (typeof entry !== 'object' || entry === null) return []
  const { is, from, en, zh } = entry as Record<string, unknown>
  if (typeof is !== 'string' || typeof en !== 'string' || typeof zh !== 'string') return []
  if (from !== undefined && typeof from !== 'number') return []
  return [{ is, words: { en, zh }, ...(from === undefined ? {} : { from }) }]
}

function descends(steps: readonly Step[]): boolean {
  const bounds = steps.map(s => s.from ?? Number.NEGATIVE_INFINITY)
  return (
    bounds.at(-1) === Number.NEGATIVE_INFINITY && bounds.every((b, i) => i === 0 || b < (bounds[i - 1] ?? b))
  )
}
