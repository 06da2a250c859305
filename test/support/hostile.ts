/** Requests that no honest caller sends, made from the API's own description and from raw bytes; the same for a seed. */

export interface Die {
  /** At least 0, below 1. */
  roll(): number
  below(count: number): number
  pick<T>(from: readonly T[]): T
}

/** mulberry32: small, even enough, the same everywhere. */
export function die(seed: number): Die {
  let state = seed >>> 0
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(roll() * count)
  return {
    roll,
    below,
    pick: from => {
      const picked = from[below(from.length)]
      if (picked === undefined) throw new TypeError('nothing to pick from')
      return picked
    },
  }
}

export const texts: readonly string[] = [
  "'; drop table governance_staff; --",
  "' or '1'='1",
  '" or ""="',
  "1); delete from task_task where ('1'='1",
  "') union select password_hash from governance_staff --",
  "\\'; select pg_sleep(5); --",
  '=HYPERLINK("http://evil.example","x")',
  "=cmd|'/c calc'!A1",
  '+1+1',
  '-2+3',
  '@SUM(A1:A9)',
  '\t=1+1',
  '\r\nset-cookie: weiwan_session=stolen',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '../../../../etc/passwd',
  '..%2f..%2f..%2fetc%2fpasswd',
  '%00',
  'a\u0000b',
  '\ud800',
  '\u202egnp.exe',
  '％',
  '%',
  '_',
  '\\',
  '',
  ' ',
  'null',
  'NaN',
  'undefined',
  '__proto__',
  'constructor',
  'toString',
  '0',
  '-1',
  '1e309',
  '99999999999999999999',
  '9007199254740993',
  '2026-02-30',
  '0000-00-00',
  '99999-12-31',
  '💥'.repeat(40),
  'x'.repeat(79),
  'x'.repeat(300),
  'x'.repeat(5_000),
]

export interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly maxLength?: number
  readonly default?: unknown
}

export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly query: readonly { readonly name: string; readonly schema: Schema }[]
  readonly body: Schema | undefined
  readonly isChange: boolean
  /** Whether its body is a file. */
  readonly isFile: boolean
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
}

interface Described {
  readonly operationId?: string
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: Schema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

/** Every operation of an OpenAPI document. */
export function operationsOf(document: unknown): readonly Operation[] {
  return Object.entries((document as OpenApi).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      id: described.operationId ?? `${method} ${path}`,
      method: method.toUpperCase(),
      path,
      query: (described.parameters ?? []).filter(p => p.in === 'query'),
      body: described.requestBody?.content['application/json']?.schema,
      isChange: method !== 'get',
      isFile: described.requestBody?.content['application/octet-stream'] !== undefined,
    })),
  )
}

export interface Hostile {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/**
 * One hostile question to an operation. A change is always broken in its form, or about something that does not exist, so
 * that none may take place; a look may be well-formed and is hostile in its words.
 */
export function hostileRequest(operation: Operation, dice: Die): Hostile {
  const hasParts = operation.path.includes('{')
  const path = operation.path.replaceAll(/\{\w+\}/g, () =>
    encodeURIComponent(wellFormed(part(operation, dice))),
  )
  if (operation.isFile) {
    return {
      method: operation.method,
      url: path + hostileQuery(operation, dice),
      headers: { 'content-type': dice.roll() < 0.9 ? 'application/octet-stream' : contentType(dice) },
      body: hostileFile(dice),
    }
  }
  const body = operation.body === undefined ? undefined : hostileBody(operation.body, hasParts, dice)
  const needsBrokenForm = operation.isChange && operation.body === undefined && !hasParts
  return {
    method: needsBrokenForm ? dice.pick(['PUT', 'PATCH', 'OPTIONS']) : operation.method,
    url: path + hostileQuery(operation, dice),
    headers: {
      ...(body === undefined ? {} : { 'content-type': contentType(dice) }),
      ...(dice.roll() < 0.05 ? { 'x-request-id': 'x'.repeat(2_000) } : {}),
    },
    body,
  }
}

/** No list that anything could be done with. */
function hostileFile(dice: Die): string {
  const begins = [
    '',
    'PK\x03\x04',
    'PK\x05\x06',
    '%PDF-1.7',
    '\uFEFF',
    'id,parent\n',
    '"',
    '<?xml version="1.0"?>',
  ]
  const rest = Array.from({ length: dice.below(12) }, () => dice.pick(texts))
  return dice.pick(begins) + rest.join(dice.pick([',', '\n', '\0', '"', '']))
}

/** Texts that may be no key, whatever keys may look like: a change that makes what it names must refuse them. */
const noKeys = texts.filter(text => /[^\w.:-]/.test(text))

/** Never the key of anything, and never empty: an empty part is another path. */
function part({ isChange }: Operation, dice: Die): string {
  const text = dice.pick(isChange ? noKeys : texts)
  return text === '' ? 'nobody' : text
}

/** What can be written into an address at all. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}

function contentType(dice: Die): string {
  return dice.roll() < 0.9
    ? 'application/json'
    : dice.pick([
        'text/plain',
        'text/html',
        'application/xml',
        'multipart/form-data',
        'application/json;charset=x',
      ])
}

function hostileQuery(operation: Operation, dice: Die): string {
  const pairs = operation.query
    .filter(() => dice.roll() < 0.6)
    .map(({ name, schema }) => [name, dice.roll() < 0.3 ? plausible(schema) : dice.pick(texts)])
  if (dice.roll() < 0.1) pairs.push([dice.pick(texts), dice.pick(texts)])
  if (pairs.length === 0) return ''
  const encoded = pairs.map(
    ([n = '', v = '']) => `${encodeURIComponent(wellFormed(n))}=${encodeURIComponent(wellFormed(v))}`,
  )
  // A parameter twice, and a bad escape, now and then.
  if (dice.roll() < 0.1) encoded.push(encoded[0] ?? '')
  if (dice.roll() < 0.05) encoded.push('q=%zz')
  return `?${encoded.join('&')}`
}

function plausible(schema: Schema): string {
  const [first] = schema.enum ?? []
  if (typeof first === 'string') return first
  return schema.type === 'integer' ? '1' : '2026-09-14'
}

function hostileBody(schema: Schema, mayBeWellFormed: boolean, dice: Die): string {
  const kind = dice.below(mayBeWellFormed ? 12 : 10)
  const filled = valueFor(schema, dice)
  switch (kind) {
    case 0:
      return dice.pick(['[]', '"text"', '7', 'null', 'true', '[{}]'])
    case 1:
      return `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    case 2:
      return `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
    case 3:
      return JSON.stringify(filled).slice(0, -1)
    case 4:
      return dice.pick([
        '{"__proto__":{"isAdmin":true}}',
        '{"constructor":{"prototype":{"a":1}}}',
        '{}}',
        '{"a":}',
      ])
    case 5:
      return dice.roll() < 0.2 ? `{"a":"${'x'.repeat(300_000)}"}` : '\ufeff{'
    case 10:
    case 11:
      return JSON.stringify(filled)
    default:
      return JSON.stringify(broken(schema, filled, dice))
  }
}

/** The same, but one of its parts is missing or of a kind that cannot be read as the right one. */
function broken(schema: Schema, filled: unknown, dice: Die): unknown {
  const { required = [] } = schema
  if (required.length === 0 || typeof filled !== 'object' || filled === null) return [filled]
  const name = dice.pick(required)
  const { [name]: _, ...rest } = filled as Record<string, unknown>
  if (dice.roll() < 0.4) return rest
  return { ...rest, [name]: { $ne: null, toString: 'x', length: 1e9 } }
}

/** A value of the schema's form with hostile words in it. */
function valueFor(schema: Schema, dice: Die): unknown {
  if (schema.anyOf !== undefined) return valueFor(dice.pick(schema.anyOf), dice)
  if (schema.enum !== undefined) return dice.roll() < 0.5 ? dice.pick(schema.enum) : dice.pick(texts)
  switch (schema.type ?? 'string') {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [name, valueFor(part, dice)]),
      )
    case 'array':
      return Array.from({ length: dice.below(4) }, () => valueFor(schema.items ?? {}, dice))
    case 'integer':
    case 'number':
      return dice.pick([0, -1, 1e15, 9007199254740991, -9007199254740991, 0.5, 1e308, 'x', null])
    case 'boolean':
      return dice.pick([true, false, 'yes', null])
    default:
      return dice.pick(texts)
  }
}

/** Bytes for a bare socket: near HTTP, far from it, or too much of it. */
export function rawBytes(cookie: string, dice: Die): Buffer {
  const host = 'Host: 127.0.0.1\r\n'
  const hosted = (line: string, more = '') => Buffer.from(`${line} HTTP/1.1\r\n${host}${more}\r\n`, 'latin1')
  const json = `Content-Type: application/json\r\nCookie: ${cookie}\r\n`
  switch (dice.below(16)) {
    case 0:
      return Buffer.from(Array.from({ length: 1 + dice.below(2_000) }, () => dice.below(256)))
    case 1:
      return hosted('GET /api/health', `X-Big: ${'x'.repeat(70_000)}\r\n`)
    case 2:
      return hosted('GET /api/health', Array.from({ length: 3_000 }, (_, i) => `X-${i}: ${i}\r\n`).join(''))
    case 3:
      return hosted(`GET /${'a/'.repeat(20_000)}`)
    case 4:
      return hosted(`GET ${dice.pick(paths)}`, `Cookie: ${cookie}\r\n`)
    case 5:
      return hosted('POST /api/session', `${json}Content-Length: -5\r\n`)
    case 6:
      return hosted('POST /api/session', `${json}Content-Length: 5\r\nContent-Length: 6\r\n`)
    case 7:
      return Buffer.concat([
        hosted('POST /api/session', `${json}Transfer-Encoding: chunked\r\n`),
        Buffer.from('zzz\r\nnonsense\r\n0\r\n\r\n'),
      ])
    case 8:
      return Buffer.concat([
        hosted('POST /api/session', `${json}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n`),
        Buffer.from('0\r\n\r\nGET /api/tasks HTTP/1.1\r\n\r\n'),
      ])
    case 9:
      return Buffer.from(
        `${dice.pick(['BREW', 'get', 'G\0T', ''])} /api/health HTTP/1.1\r\n${host}\r\n`,
        'latin1',
      )
    case 10:
      return Buffer.from(`GET /api/health HTTP/${dice.pick(['9.9', '0.9', 'x'])}\r\n${host}\r\n`, 'latin1')
    case 11:
      return hosted('GET /api/tasks', `Cookie: weiwan_session=${'x'.repeat(dice.below(9_000))}\r\n`)
    case 12:
      return hosted('GET /api/tasks', `Authorization: ${dice.pick(authorizations)}\r\n`)
    case 13:
      return Buffer.from('GET /api/health HTTP/1.1\r\n\r\n')
    case 14:
      return Buffer.concat([
        hosted('POST /api/session', `${json}Content-Length: 40\r\n`),
        Buffer.from(Array.from({ length: 40 }, () => dice.below(256))),
      ])
    default:
      return hosted(
        `GET /api/subscribers?q=${'%F0%28%8C%28'.repeat(1 + dice.below(20))}`,
        `Cookie: ${cookie}\r\n`,
      )
  }
}

const paths = [
  '/../../../../etc/passwd',
  '/assets/../../../package.json',
  '/assets/..%2f..%2f..%2fetc%2fpasswd',
  '/assets/%2e%2e/%2e%2e/etc/passwd',
  '/%',
  '/%ff%fe',
  '//evil.example/%2f..',
  'http://evil.example/api/tasks',
  '/api/tasks/%00',
  '/api/tasks/%c0%ae%c0%ae',
  '/api/../api/tasks',
  '/api//tasks',
  '/api/tasks;jsessionid=1',
  '*',
]

const authorizations = [
  'Bearer ',
  'Bearer weiwan_',
  `Bearer ${'x'.repeat(5_000)}`,
  "Bearer weiwan_' or 1=1 --",
  'Basic YWRtaW46YWRtaW4=',
  '\x01\x02',
]
