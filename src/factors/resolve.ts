import type { Fault } from '#kernel'
import { declaredOf } from './declared.ts'
import { type Definition, placeOf } from './definition.ts'
import type { Factor, FactorType, Range } from './factor.ts'
import {
  cycle,
  factorUnknown,
  fieldMalformed,
  fieldUnknown,
  kindUnknown,
  nameClash,
  typeClash,
  unitClash,
} from './faults.ts'
import { namesIn, parseFormula } from './formula.ts'
import type { Resolution } from './kinds/kind.ts'
import { kindOf } from './kinds.ts'
import { type Body, type FactorColumn, lower } from './lower.ts'
import { fail, given, numberOf, optionalText, type Scope, wordsOf } from './scope.ts'
import { parseUnit, sameUnit, unitText } from './unit.ts'

export interface Resolved {
  readonly factors: readonly Factor[]
  readonly columns: readonly FactorColumn[]
  readonly faults: readonly Fault[]
}

/** Definitions → factors, in an order in which each follows what it needs. All faults, not the first. */
export function resolve(definitions: readonly Definition[]): Resolved {
  const byId = new Map<string, Definition>()
  const faults: Fault[] = []
  for (const d of definitions) {
    const other = byId.get(d.id)
    if (other === undefined) byId.set(d.id, d)
    else faults.push(nameClash(d.place, d.id, other.place))
  }
  const { order, circles } = sorted(byId)
  faults.push(...circles)
  const known = new Map<string, Factor>()
  const columns: FactorColumn[] = []
  for (const definition of order) {
    const scope: Scope = { definition, known, faults, asked: new Set(headFields) }
    const made = factorOf(scope)
    if (made === undefined) continue
    known.set(definition.id, made.factor)
    columns.push(made.column)
  }
  for (const { id, twin } of known.values()) {
    const definition = byId.get(id)
    if (twin !== undefined && definition !== undefined && !byId.has(twin.of))
      faults.push(factorUnknown(placeOf(definition, 'twin'), twin.of))
  }
  return { factors: [...known.values()], columns, faults }
}

const headFields = ['id', 'kind', 'title', 'means', 'missing', 'type', 'unit', 'owner', 'version', 'live']
/** Fields of some kind or other. */
const bodyFields =
  'feed column where window ago by part fold against top spread of as over under bands model'.split(' ')
const types: readonly FactorType[] = ['number', 'integer', 'money', 'date', 'text', 'flag', 'list']

function factorOf(scope: Scope): { factor: Factor; column: FactorColumn } | undefined {
  const { definition } = scope
  const title = wordsOf(scope, 'title')
  const means = wordsOf(scope, 'means')
  const version = numberOf(scope, 'version')
  const resolveKind = kindOf(definition.kind)
  if (resolveKind === undefined) return fail(scope, kindUnknown(placeOf(definition, 'kind'), definition.kind))
  const found = resolveKind(scope)
  const declared = declaredOf(scope, found?.type ?? 'number')
  refuseUnasked(scope, found === undefined)
  if (found === undefined) return undefined
  const type = declaredType(scope, found)
  checkUnit(scope, found)
  const missing = given(scope, 'missing') ? wordsOf(scope, 'missing') : found.missing
  if (title === undefined || means === undefined || version === undefined || missing === undefined)
    return undefined
  const live = optionalText(scope, 'live')
  const unit = unitName(scope, type, found, declared.range)
  const factor: Factor = {
    id: definition.id,
    title,
    means,
    missing,
    subject: definition.subject,
    type,
    ...(unit === undefined ? {} : { unit }),
    ...(found.values === undefined ? {} : { values: found.values }),
    ...declared,
    kind: definition.kind,
    ...(found.window === undefined ? {} : { window: found.window }),
    feeds: found.feeds,
    needs: found.needs,
    owner: optionalText(scope, 'owner') ?? definition.owner,
    version,
    ...(live === undefined ? {} : { live }),
    file: definition.place.file,
    line: definition.place.line,
  }
  return { factor, column: lower(definition.id, type, found.type, found.body) }
}

/** Fields that nothing asked for; a body that failed early may not have come to all of its own. */
function refuseUnasked(scope: Scope, failed: boolean): void {
  for (const field of Object.keys(scope.definition.fields)) {
    const maybeLater = failed && bodyFields.includes(field)
    if (!scope.asked.has(field) && !maybeLater)
      fail(scope, fieldUnknown(placeOf(scope.definition, field), field))
  }
}

/** What the definition says, when the kind's own type may be read that way; a number becomes whole by rounding. */
function declaredType(scope: Scope, found: Resolution<Body>): FactorType {
  const text = optionalText(scope, 'type')
  if (text === undefined || text === found.type) return found.type
  const place = placeOf(scope.definition, 'type')
  const declared = types.find(t => t === text)
  const numeric: readonly FactorType[] = ['number', 'integer', 'money']
  if (declared === undefined) {
    fail(scope, fieldMalformed(place, 'type', { en: types.join(', '), zh: types.join('、') }))
  } else if (numeric.includes(declared) && numeric.includes(found.type)) {
    return declared
  } else {
    fail(scope, typeClash(place, `it is ${found.type}, not ${text}`, `其类型是 ${found.type}，不是 ${text}`))
  }
  return found.type
}

function checkUnit(scope: Scope, found: Resolution<Body>): void {
  const text = optionalText(scope, 'unit')
  if (text === undefined) return
  const declared = parseUnit(text)
  if (declared !== undefined && sameUnit(declared, found.unit)) return
  fail(scope, unitClash(placeOf(scope.definition, 'unit'), text, unitText(found.unit)))
}

function unitName(
  scope: Scope,
  type: FactorType,
  found: Resolution<Body>,
  range: Range | undefined,
): string | undefined {
  if (type !== 'number' && type !== 'integer' && type !== 'money') return undefined
  return unitText(found.unit) || (type === 'number' ? dimensionless(scope, range) : undefined)
}

/** A part of a whole, read in per cent, lies within ±1, as does what a change adds to one; anything else is so many times. */
function dimensionless(scope: Scope, [min, max]: Range = [null, null]): string {
  const said = optionalText(scope, 'unit')
  if (said === 'share' || said === 'times') return said
  const isPart = min !== null && max !== null && min >= -1 && max <= 1
  return isPart || scope.definition.kind === 'change' ? 'share' : 'times'
}

/** Those that need nothing first. What stands in a circle is reported and left out. */
function sorted(byId: ReadonlyMap<string, Definition>): { order: Definition[]; circles: Fault[] } {
  const order: Definition[] = []
  const circles: Fault[] = []
  const state = new Map<string, 'open' | 'done' | 'circular'>()
  const visit = (definition: Definition, trail: readonly string[]): void => {
    if (state.get(definition.id) === 'open') {
      const circle = [...trail.slice(trail.indexOf(definition.id)), definition.id]
      circles.push(cycle(definition.place, circle))
      for (const id of circle) state.set(id, 'circular')
      return
    }
    if (state.has(definition.id)) return
    state.set(definition.id, 'open')
    for (const id of needsOf(definition)) {
      const needed = byId.get(id)
      if (needed !== undefined) visit(needed, [...trail, definition.id])
    }
    if (state.get(definition.id) === 'circular') return
    state.set(definition.id, 'done')
    order.push(definition)
  }
  for (const definition of byId.values()) visit(definition, [])
  return { order, circles }
}

/** The names a definition mentions, before anything is known about them. */
function needsOf(definition: Definition): readonly string[] {
  const formula = definition.fields['formula']?.value
  const parsed = typeof formula === 'string' ? parseFormula(formula) : undefined
  const named = parsed === undefined || 'found' in parsed ? [] : namesIn(parsed)
  const single = ['of', 'over', 'under']
    .map(f => definition.fields[f]?.value)
    .filter(v => typeof v === 'string')
  const by = definition.fields['by']?.value
  const alike = Array.isArray(by) ? by.filter(v => typeof v === 'string') : []
  return [...named, ...single, ...alike]
}
