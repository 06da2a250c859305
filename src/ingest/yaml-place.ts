import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { Fault } from '#kernel'
import { mappingSyntax, mappingWrong } from './faults.ts'

export type Place = readonly (string | number)[]

/** A parsed YAML file that knows the line of each of its parts. */
export interface Placed {
  readonly value: unknown
  readonly faults: readonly Fault[]
  lineOf(place: Place): number
}

export function parseYaml(text: string): Placed {
  const lines = new LineCounter()
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const faults = doc.errors.map(e => mappingSyntax(lines.linePos(e.pos[0]).line, e.message))
  return {
    value: faults.length > 0 ? undefined : doc.toJS(),
    faults,
    lineOf: place => lines.linePos(offsetOf(doc, place)).line,
  }
}

/** The key's own offset where the place is a pair of a map; else that of the nearest part around it. */
function offsetOf(doc: Document, place: Place): number {
  for (let depth = place.length; depth > 0; depth--) {
    const parent = depth === 1 ? doc.contents : doc.getIn(place.slice(0, depth - 1), true)
    if (!isMap(parent)) continue
    const pair = parent.items.find(i => isScalar(i.key) && String(i.key.value) === String(place[depth - 1]))
    if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0] ?? 0
  }
  return 0
}

/** What in `value` does not fit `schema`, as faults with lines; `at` is where the value stands in the file. */
export function misfits(schema: TSchema, value: unknown, placed: Placed, at: Place): Fault[] {
  const faults = new Map<string, Fault>()
  for (const error of Value.Errors(schema, value)) {
    if (error.keyword === 'boolean') continue // told again, better, as additionalProperties
    const inner = error.instancePath.split('/').slice(1).map(decodePointer)
    const place = [...at, ...inner]
    for (const [name, en, zh] of complaints(error)) {
      const where = name === '' ? place : [...place, name]
      const fault = mappingWrong(placed.lineOf(where), where.join('.'), en, zh)
      if (!faults.has(where.join('.'))) faults.set(where.join('.'), fault)
    }
  }
  return [...faults.values()]
}

type SchemaError = ReturnType<typeof Value.Errors>[number]

function complaints(error: SchemaError): [string, string, string][] {
  if (error.keyword === 'additionalProperties') {
    return error.params.additionalProperties.map(name => [
      name,
      'is not a word known here',
      '不是这里可用的字段',
    ])
  }
  if (error.keyword === 'required') {
    return error.params.requiredProperties.map(name => [name, 'is missing', '缺失'])
  }
  return [['', error.message, `不合规定（${error.message}）`]]
}

function decodePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}
