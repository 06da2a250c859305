import { type Fault, isPlainDate } from '#kernel'
import type { Cell } from '#warehouse'
import { factorsUsed, type Literal } from './condition.ts'
import { malformed, validityEmpty } from './faults.ts'
import type { Words } from './known-factor.ts'
import type { Parameter, ParameterType } from './parameter.ts'
import { type Fields, isRecord, parseCondition } from './parse-condition.ts'
import type { Rule, RuleLevel, RuleTest } from './rule.ts'

export interface ParsedRule {
  readonly rule: Rule | undefined
  /** What of it can be checked against the factors, even when something else is wrong. */
  readonly checkable: Pick<Rule, 'condition' | 'parameters'> | undefined
  readonly faults: readonly Fault[]
}

const parameterTypes: readonly ParameterType[] = ['number', 'integer', 'money', 'date', 'text']
const levels: readonly RuleLevel[] = ['high', 'medium', 'low']
const ruleKeys = [
  ...['id', 'version', 'title', 'means', 'owner', 'parameters', 'condition'],
  ...['points', 'levelAtLeast', 'action', 'controlPercent', 'validFrom', 'validTo', 'tests'],
]
const parameterKeys = ['id', 'title', 'type', 'unit', 'min', 'max', 'default']
const idForm = /^[a-z][a-z0-9_]{1,62}$/

/** Reads one rule that came from YAML or JSON; all faults of its shape, each with the path to it. */
export function parseRule(input: unknown): ParsedRule {
  if (!isRecord(input)) {
    const fault = malformed({ path: '' }, 'a rule is expected here', '此处应为规则')
    return { rule: undefined, checkable: undefined, faults: [fault] }
  }
  const form = formOf(input, '')
  const condition = parseCondition(input['condition'])
  const parameters = parametersIn(form, input['parameters'] ?? [])
  form.onlyKeys(ruleKeys)
  const level = form.optional('levelAtLeast', v => levels.find(l => l === v), 'high, medium or low')
  const action = form.optional(
    'action',
    v => (typeof v === 'string' && idForm.test(v) ? v : undefined),
    'an id',
  )
  const day = (v: unknown) => (typeof v === 'string' && isPlainDate(v) ? v : undefined)
  const validFrom = form.optional('validFrom', day, 'a day')
  const validTo = form.optional('validTo', day, 'a day')
  if (validFrom !== undefined && validTo !== undefined && validTo <= validFrom)
    form.faults.push(validityEmpty({ path: 'validTo' }))
  const tests = testsIn(form, input['tests'] ?? [])
  const rule = {
    id: form.id(),
    version: form.integer('version', 1, 1_000_000),
    title: form.words('title'),
    means: form.words('means'),
    owner: form.text('owner'),
    parameters,
    points: form.integer('points', 0, 100),
    controlPercent: form.integer('controlPercent', 0, 50, 10),
    ...(level === undefined ? {} : { levelAtLeast: level }),
    ...(action === undefined ? {} : { action }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
    ...(tests.length === 0 ? {} : { tests }),
  }
  const faults = [...form.faults, ...condition.faults]
  if (condition.condition === undefined) return { rule: undefined, checkable: undefined, faults }
  const whole = { ...rule, condition: condition.condition, uses: factorsUsed(condition.condition) }
  const hasParameters = !form.faults.some(f => String(f.at?.['path']).startsWith('parameters'))
  return {
    rule: faults.length === 0 ? whole : undefined,
    checkable: hasParameters ? whole : undefined,
    faults,
  }
}

const testsMax = 50

function testsIn(form: Form, input: unknown): RuleTest[] {
  if (!Array.isArray(input) || input.length > testsMax) {
    form.refuse('tests', 'a list of tests is expected here, 50 at most', '此处应为测试列表，至多 50 项')
    return []
  }
  return input.flatMap((item, i) => testIn(form, item, `tests/${i}/`) ?? [])
}

function testIn(outer: Form, input: unknown, path: string): RuleTest | undefined {
  const form = formOf(isRecord(input) ? input : {}, path, outer.faults)
  form.onlyKeys(['values', 'on', 'subscriber', 'matches'])
  const matches = form.required('matches', v => (typeof v === 'boolean' ? v : undefined), 'true or false')
  const values = form.optional(
    'values',
    v => (isRecord(v) ? (v as Record<string, Cell>) : undefined),
    'values',
  )
  const on = form.optional('on', v => (typeof v === 'string' && isPlainDate(v) ? v : undefined), 'a day')
  const key = (v: unknown) => (typeof v === 'string' && v !== '' && v.length <= 64 ? v : undefined)
  const subscriber = form.optional('subscriber', key, 'a subscriber’s key')
  if (matches === undefined) return undefined
  if (values !== undefined && subscriber === undefined)
    return { values, matches, ...(on === undefined ? {} : { on }) }
  if (subscriber !== undefined && values === undefined && on === undefined) return { subscriber, matches }
  form.refuse('', 'a test has either values or a subscriber', '测试应给出取值或指定用户，二者选一')
  return undefined
}

function parametersIn(form: Form, input: unknown): Parameter[] {
  if (!Array.isArray(input)) {
    form.refuse('parameters', 'a list of parameters is expected here', '此处应为参数列表')
    return []
  }
  return input.map((item, i) => parameterIn(form, item, `parameters/${i}/`))
}

function parameterIn(outer: Form, input: unknown, path: string): Parameter {
  const form = formOf(isRecord(input) ? input : {}, path, outer.faults)
  form.onlyKeys(parameterKeys)
  const literal = (v: unknown) => (typeof v === 'number' || typeof v === 'string' ? v : undefined)
  const unit = form.optional('unit', v => (typeof v === 'string' ? v : undefined), 'a unit')
  const min = form.optional('min', literal, 'a value')
  const max = form.optional('max', literal, 'a value')
  return {
    id: form.id(),
    title: form.words('title'),
    type:
      form.required('type', v => parameterTypes.find(t => t === v), parameterTypes.join(', ')) ?? 'integer',
    default: form.required<Literal>('default', literal, 'a value') ?? 0,
    ...(unit === undefined ? {} : { unit }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  }
}

/** Reads fields one by one and collects what is wrong; a field that is wrong gives something harmless. */
interface Form {
  readonly faults: Fault[]
  refuse(key: string, en: string, zh: string): void
  required<T>(key: string, read: (value: unknown) => T | undefined, expected: string): T | undefined
  optional<T>(key: string, read: (value: unknown) => T | undefined, expected: string): T | undefined
  id(): string
  text(key: string): string
  words(key: string): Words
  integer(key: string, min: number, max: number, otherwise?: number): number
  onlyKeys(known: readonly string[]): void
}

function formOf(input: Fields, prefix: string, faults: Fault[] = []): Form {
  const refuse = (key: string, en: string, zh: string) => {
    faults.push(malformed({ path: `${prefix}${key}` }, en, zh))
  }
  const form: Form = {
    faults,
    refuse,
    required(key, read, expected) {
      const value = read(input[key])
      if (value === undefined) refuse(key, `${key} must be ${expected}`, `${key} 应为 ${expected}`)
      return value
    },
    optional: (key, read, expected) =>
      input[key] === undefined ? undefined : form.required(key, read, expected),
    id: () =>
      form.required(
        'id',
        v => (typeof v === 'string' && idForm.test(v) ? v : undefined),
        'an id like low_balance',
      ) ?? '',
    text: key =>
      form.required(key, v => (typeof v === 'string' && v.trim() !== '' ? v : undefined), 'a text') ?? '',
    words: key => form.required(key, wordsIn, '{zh: …, en: …}') ?? { zh: '', en: '' },
    integer(key, min, max, otherwise) {
      if (input[key] === undefined && otherwise !== undefined) return otherwise
      const isFit = (v: unknown) => typeof v === 'number' && Number.isSafeInteger(v) && v >= min && v <= max
      return (
        form.required(key, v => (isFit(v) ? Number(v) : undefined), `a whole number ${min} – ${max}`) ?? min
      )
    },
    onlyKeys(known) {
      for (const key of Object.keys(input)) {
        if (!known.includes(key)) refuse(key, `"${key}" means nothing here`, `此处不识别“${key}”`)
      }
    },
  }
  return form
}

function wordsIn(value: unknown): Words | undefined {
  if (!isRecord(value)) return undefined
  const { zh, en } = value
  if (typeof zh !== 'string' || typeof en !== 'string' || zh.trim() === '' || en.trim() === '')
    return undefined
  return { zh, en }
}
