import { type Cursor, cursor, tokens, Unexpected } from './tokens.ts'
import type { Fn } from './value.ts'

/** A formula as written: names are not looked up yet. */
export type Formula =
  | { readonly is: 'name'; readonly id: string }
  | { readonly is: 'literal'; readonly value: number | string | boolean; readonly unit?: string }
  | { readonly is: 'missing' }
  | { readonly is: 'as-of' }
  | { readonly is: 'call'; readonly fn: Fn; readonly of: readonly Formula[] }

/** How tightly signs bind, loosest first. */
const levels: readonly Readonly<Record<string, Fn>>[] = [
  { or: 'or' },
  { and: 'and' },
  { '=': 'equal', '!=': 'unequal', '<': 'less', '<=': 'less-equal', '>': 'greater', '>=': 'greater-equal' },
  { '+': 'add', '-': 'subtract' },
  { '*': 'multiply', '/': 'divide' },
]

const functions: Readonly<Record<string, { readonly fn: Fn; readonly count: number }>> = {
  if: { fn: 'if', count: 3 },
  coalesce: { fn: 'coalesce', count: 2 },
  least: { fn: 'least', count: 2 },
  greatest: { fn: 'greatest', count: 2 },
  round: { fn: 'round', count: 1 },
  days: { fn: 'days-between', count: 2 },
}

/** `if(status = 'grace', days_in_status, missing)`: arithmetic, comparisons, and/or/not and a few functions. */
export function parseFormula(text: string): Formula | { readonly found: string } {
  const all = tokens(text)
  if (all === undefined) return { found: text }
  const at = cursor(all)
  try {
    const formula = level(at, 0)
    return at.peek().is === 'end' ? formula : { found: at.peek().text }
  } catch (error) {
    if (error instanceof Unexpected) return { found: error.found }
    throw error
  }
}

function level(at: Cursor, depth: number): Formula {
  const signs = levels[depth]
  if (signs === undefined) return unary(at)
  let left = level(at, depth + 1)
  for (;;) {
    const sign = Object.keys(signs).find(s => at.take(s))
    const fn = sign === undefined ? undefined : signs[sign]
    if (fn === undefined) return depth === 2 ? missingTest(at, left) : left
    left = { is: 'call', fn, of: [left, level(at, depth + 1)] }
  }
}

/** `x is missing`, `x is known`. */
function missingTest(at: Cursor, left: Formula): Formula {
  if (!at.take('is')) return left
  const asked: Formula = { is: 'call', fn: 'is-missing', of: [left] }
  if (at.take('missing')) return asked
  if (at.take('known')) return { is: 'call', fn: 'not', of: [asked] }
  throw new Unexpected(at.peek().text)
}

function unary(at: Cursor): Formula {
  if (at.take('-')) return { is: 'call', fn: 'negate', of: [unary(at)] }
  if (at.take('not')) return { is: 'call', fn: 'not', of: [unary(at)] }
  if (at.take('(')) {
    const inner = level(at, 0)
    if (!at.take(')')) throw new Unexpected(at.peek().text)
    return inner
  }
  return atom(at)
}

function atom(at: Cursor): Formula {
  const token = at.next()
  if (token.is === 'number') return { is: 'literal', value: Number(token.text), ...unitAfter(at) }
  if (token.is === 'text') return { is: 'literal', value: token.text }
  if (token.is !== 'word') throw new Unexpected(token.text)
  if (token.text === 'missing') return { is: 'missing' }
  if (token.text === 'as_of') return { is: 'as-of' }
  if (token.text === 'true' || token.text === 'false') return { is: 'literal', value: token.text === 'true' }
  if (!at.take('(')) return { is: 'name', id: token.text }
  const named = functions[token.text]
  if (named === undefined) throw new Unexpected(token.text)
  const of = [level(at, 0)]
  while (at.take(',')) of.push(level(at, 0))
  if (of.length !== named.count || !at.take(')')) throw new Unexpected(at.peek().text)
  return { is: 'call', fn: named.fn, of }
}

/** `30 days`: a number may name its unit. */
function unitAfter(at: Cursor): { readonly unit?: string } {
  const unit = ['day', 'month', 'fen'].find(u => at.take(u) || at.take(`${u}s`))
  return unit === undefined ? {} : { unit }
}

/** The factors a formula names, each once. */
export function namesIn(formula: Formula): readonly string[] {
  if (formula.is === 'name') return [formula.id]
  return formula.is === 'call' ? [...new Set(formula.of.flatMap(namesIn))] : []
}
