/** Words, numbers, 'texts' and signs of a condition or a formula. */
export interface Token {
  readonly is: 'word' | 'number' | 'text' | 'sign' | 'end'
  readonly text: string
}

const pattern =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<word>[a-z_][a-z0-9_.@]*)|'(?<text>[^']*)'|(?<sign><=|>=|!=|[-+*/()<>=,]))/gy

/** Undefined when some character belongs to no token. */
export function tokens(text: string): Token[] | undefined {
  const found: Token[] = []
  const trimmed = text.trim()
  pattern.lastIndex = 0
  while (pattern.lastIndex < trimmed.length) {
    const groups = pattern.exec(trimmed)?.groups
    if (groups === undefined) return undefined
    for (const is of ['number', 'word', 'text', 'sign'] as const) {
      const piece = groups[is]
      if (piece !== undefined) found.push({ is, text: piece })
    }
  }
  found.push({ is: 'end', text: 'the end' })
  return found
}

/** Reads tokens one after another. */
export interface Cursor {
  peek(): Token
  next(): Token
  /** Takes the token if it is this word or sign. */
  take(text: string): boolean
}

/** Thrown inside a parser and caught at its door. */
export class Unexpected extends Error {
  readonly found: string
  constructor(found: string) {
    super(found)
    this.found = found
  }
}

export function cursor(all: readonly Token[]): Cursor {
  let i = 0
  const end: Token = { is: 'end', text: 'the end' }
  const peek = (): Token => all[i] ?? end
  return {
    peek,
    next() {
      const token = peek()
      i++
      return token
    },
    take(text: string) {
      const token = peek()
      if ((token.is !== 'word' && token.is !== 'sign') || token.text !== text) return false
      i++
      return true
    },
  }
}
