import type { Feed } from '#ingest'
import { findPath } from './find-path.ts'
import type { Operand, Path, Test } from './rows.ts'
import { type Cursor, cursor, tokens, Unexpected } from './tokens.ts'

/**
 * `kind is voice and counterparty_carrier in (rival_a, rival_b) and day >= subscriber_id.activated_on`: comparisons
 * joined by `and`. Values of coded columns are checked against the contract.
 */
export function parseTests(text: string, feed: Feed): { tests: readonly Test[] } | { found: string } {
  const all = tokens(text)
  if (all === undefined) return { found: text }
  const at = cursor(all)
  try {
    const tests = [test(at, feed)]
    while (at.take('and')) tests.push(test(at, feed))
    return at.peek().is === 'end' ? { tests } : { found: at.peek().text }
  } catch (error) {
    if (error instanceof Unexpected) return { found: error.found }
    throw error
  }
}

const comparisons = ['=', '!=', '<', '<=', '>', '>='] as const

function test(at: Cursor, feed: Feed): Test {
  const left = path(at, feed)
  if (at.take('is')) {
    if (at.take('missing')) return { left, op: 'missing' }
    if (at.take('known')) return { left, op: 'known' }
    return { left, op: at.take('not') ? '!=' : '=', right: operand(at, feed, left) }
  }
  if (at.take('not')) {
    if (!at.take('in')) throw new Unexpected(at.peek().text)
    return { left, op: 'not in', right: list(at, left) }
  }
  if (at.take('in')) return { left, op: 'in', right: list(at, left) }
  const op = comparisons.find(sign => at.take(sign))
  if (op === undefined) throw new Unexpected(at.peek().text)
  return { left, op, right: operand(at, feed, left) }
}

/** A column, or `hour(started_at)`, `weekday(day)`. */
function path(at: Cursor, feed: Feed): Path {
  const token = at.next()
  const part = parts.find(p => p === token.text)
  if (part !== undefined && at.take('(')) return partOf(at, feed, part)
  const found = token.is === 'word' ? columnOrDay(feed, token.text) : undefined
  if (found === undefined) throw new Unexpected(token.text)
  return found
}

const parts = ['hour', 'weekday'] as const

function partOf(at: Cursor, feed: Feed, part: (typeof parts)[number]): Path {
  const whole =
    part === 'weekday' && at.take(feed.dayColumn ?? '') ? columnOrDay(feed, 'day') : path(at, feed)
  const fits = whole?.part === undefined && whole?.of.type === (part === 'hour' ? 'moment' : 'date')
  if (whole === undefined || !fits || !at.take(')')) throw new Unexpected(at.peek().text)
  return {
    ...whole,
    part,
    of: { name: part, type: 'integer', nullable: whole.of.nullable, means: whole.of.means },
  }
}

/** Every feed has its data day beside its own columns. */
function columnOrDay(feed: Feed, text: string): Path | undefined {
  const found = findPath(feed, text)
  if (found !== undefined || text !== 'day') return found
  const of = { name: 'day', type: 'date', nullable: false, means: { en: 'data day', zh: '数据日' } } as const
  return { hops: [], column: 'day', of }
}

function operand(at: Cursor, feed: Feed, left: Path): Operand {
  const token = at.peek()
  if (token.is === 'word' && token.text === 'as_of') {
    at.next()
    return { is: 'as-of', daysBefore: at.take('-') ? Number(at.next().text) : 0 }
  }
  if (token.is === 'word' && left.of.values?.[token.text] === undefined && !isFlagWord(token.text)) {
    return { is: 'column', path: path(at, feed) }
  }
  return { is: 'literal', value: literalOf(at, left) }
}

function isFlagWord(text: string): boolean {
  return text === 'true' || text === 'false'
}

function literalOf(at: Cursor, left: Path): string | number | boolean {
  const negative = at.take('-')
  const token = at.next()
  if (token.is === 'number') return (negative ? -1 : 1) * Number(token.text)
  if (negative) throw new Unexpected(token.text)
  if (token.is === 'word' && isFlagWord(token.text)) return token.text === 'true'
  if (token.is === 'text' || (token.is === 'word' && left.of.values !== undefined)) {
    if (left.of.values !== undefined && left.of.values[token.text] === undefined)
      throw new Unexpected(token.text)
    return token.text
  }
  throw new Unexpected(token.text)
}

function list(at: Cursor, left: Path): Operand {
  if (!at.take('(')) throw new Unexpected(at.peek().text)
  const values = [listed(at, left)]
  while (at.take(',')) values.push(listed(at, left))
  if (!at.take(')')) throw new Unexpected(at.peek().text)
  return { is: 'list', values }
}

function listed(at: Cursor, left: Path): string | number {
  const value = literalOf(at, left)
  return typeof value === 'number' && left.of.type === 'integer' ? value : String(value)
}
