import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml'
import type { Fault } from '#kernel'
import { type Definition, type Field, isWords } from './definition.ts'
import type { Words } from './factor.ts'
import { catalogueUnreadable, fieldMalformed, fieldMissing, type Place } from './faults.ts'

/** One file of the catalogue: its text, and the name by which faults call it. */
export interface Source {
  readonly file: string
  readonly text: string
}

export interface Parsed {
  readonly definitions: readonly Definition[]
  readonly faults: readonly Fault[]
}

const bilingual = { en: 'a text in both languages: { zh: …, en: … }', zh: '中英文两种文字：{ zh: …, en: … }' }
const list = { en: 'a list of factors', zh: '因子列表' }
const name = { en: 'a name like recharge_count_30d', zh: '形如 recharge_count_30d 的名称' }

/** YAML text → definitions, and every fault of form, each with its line. */
export function parse(source: Source): Parsed {
  const lines = new LineCounter()
  const document = parseDocument(source.text, { lineCounter: lines, prettyErrors: false })
  const lineOf = (node: Node | null | undefined) => lines.linePos(node?.range?.[0] ?? 0).line
  const place = (line: number): Place => ({ file: source.file, line })
  if (document.errors.length > 0) {
    const faults = document.errors.map(e =>
      catalogueUnreadable(place(lines.linePos(e.pos[0]).line), e.message),
    )
    return { definitions: [], faults }
  }
  const top = document.contents
  if (!isMap(top)) return { definitions: [], faults: [fieldMissing(place(1), 'factors')] }
  const head = fieldsOf(top, lineOf)
  const faults: Fault[] = []
  const subject = head['subject']?.value
  if (!isWords(subject)) faults.push(fieldMalformed(place(head['subject']?.line ?? 1), 'subject', bilingual))
  const owner = head['owner']?.value
  if (typeof owner !== 'string') faults.push(fieldMissing(place(1), 'owner'))
  const entries = top.get('factors', true)
  if (!isSeq(entries)) {
    return {
      definitions: [],
      faults: [...faults, fieldMalformed(place(head['factors']?.line ?? 1), 'factors', list)],
    }
  }
  const common = { subject: isWords(subject) ? subject : { en: '', zh: '' }, owner: String(owner) }
  const found = entries.items.map(item => entry(item as Node, common, lineOf, place))
  return {
    definitions: found.flatMap(f => f.definitions),
    faults: [...faults, ...found.flatMap(f => f.faults)],
  }
}

function entry(
  node: Node,
  common: { readonly subject: Words; readonly owner: string },
  lineOf: (node: Node | null | undefined) => number,
  place: (line: number) => Place,
): Parsed {
  const here = place(lineOf(node))
  if (!isMap(node)) return { definitions: [], faults: [fieldMissing(here, 'id')] }
  const fields = fieldsOf(node, lineOf)
  const id = fields['id']?.value
  const kind = fields['kind']?.value
  if (typeof id !== 'string' || !/^[a-z][a-z0-9_]*$/.test(id)) {
    return { definitions: [], faults: [fieldMalformed(here, 'id', name)] }
  }
  if (typeof kind !== 'string') return { definitions: [], faults: [fieldMissing(here, 'kind')] }
  return { definitions: [{ id, kind, place: here, fields, ...common }], faults: [] }
}

function fieldsOf(
  map: YAMLMap,
  lineOf: (node: Node | null | undefined) => number,
): Readonly<Record<string, Field>> {
  const fields = (map.items as Pair<Node, Node | null>[]).map(pair => {
    const key = isScalar(pair.key) ? String(pair.key.value) : ''
    return [key, { value: plain(pair.value), line: lineOf(pair.key) }] as const
  })
  return Object.fromEntries(fields)
}

function plain(node: Node | null): unknown {
  if (node === null) return null
  if (isScalar(node)) return node.value
  return (node as YAMLMap).toJSON()
}
