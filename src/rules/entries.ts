import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import type { Fault } from '#kernel'
import { malformed, strangeKey, unreadable } from './faults.ts'

/** One entry of a catalogue's list, with the means to say on which line any part of it stands. */
export interface Entry<T = unknown> {
  readonly value: T
  readonly at: { readonly file: string; readonly line: number }
  /** Gives a fault that names a `path` inside the entry its file and line. */
  place(fault: Fault): Fault
}

export interface Entries<T = unknown> {
  readonly entries: readonly Entry<T>[]
  readonly faults: readonly Fault[]
}

/** Every `*.yaml` of a folder of the catalogue; each file is a list. Never stops at the first fault. */
export async function readEntries(folder: string): Promise<Entries> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.yaml')).sort()
  const texts = await Promise.all(names.map(name => readFile(path.join(folder, name), 'utf8')))
  const files = names.map((name, i) => entriesIn(name, texts[i] ?? ''))
  return { entries: files.flatMap(f => f.entries), faults: files.flatMap(f => f.faults) }
}

/** The entries of a folder that have this shape; each departure from it is a fault with file and line. */
export async function readEntriesAs<S extends TSchema>(
  folder: string,
  schema: S,
): Promise<Entries<Static<S>>> {
  const { entries, faults } = await readEntries(folder)
  const wrong = entries.flatMap(entry => shapeFaults(schema, entry.value).map(entry.place))
  const right = entries.filter(entry => Value.Check(schema, entry.value)) as unknown as Entry<Static<S>>[]
  return { entries: right, faults: [...faults, ...wrong] }
}

/** The entries of one file of the catalogue, which is a list. */
export function entriesIn(file: string, text: string): Entries {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const broken = document.errors.map(e =>
    unreadable({ file, line: e.linePos?.[0].line ?? 1 }, firstLine(e.message)),
  )
  if (broken.length > 0) return { entries: [], faults: broken }
  const content: unknown = document.toJS()
  if (!Array.isArray(content)) {
    return { entries: [], faults: [malformed({ file, line: 1 }, 'a list is expected', '此处应为列表')] }
  }
  const entries = content.map((value: unknown, i): Entry => {
    const line = (path: string) => lineOf(document, lines, [i, ...stepsOf(path)])
    return {
      value,
      at: { file, line: line('') },
      place: fault => ({ ...fault, at: { ...fault.at, file, line: line(String(fault.at?.['path'] ?? '')) } }),
    }
  })
  return { entries, faults: [] }
}

function stepsOf(path: string): (string | number)[] {
  const steps = path.split('/').filter(step => step !== '')
  return steps.map(step => (/^\d+$/.test(step) ? Number(step) : step))
}

/** The line of a node, or of the nearest thing around it that is written down. */
function lineOf(document: Document, lines: LineCounter, steps: readonly (string | number)[]): number {
  for (let length = steps.length; length > 0; length--) {
    const node = document.getIn(steps.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message
}

const saidInChinese: Readonly<Record<string, string>> = {
  required: '缺少必填项',
  type: '类型不对',
  pattern: '格式不对',
  enum: '不在允许的取值内',
  const: '不在允许的取值内',
  minimum: '小于允许的最小值',
  maximum: '大于允许的最大值',
  minLength: '不能为空',
  minItems: '列表项太少',
}

/** How a value departs from a shape: a fault each, with the path to it. */
export function shapeFaults(schema: TSchema, value: unknown): Fault[] {
  const errors = Value.Errors(schema, value).filter(e => e.keyword !== 'boolean')
  const places = new Set(errors.map(e => e.instancePath))
  // Of a failed choice only the failure inside is worth reading, unless there is none.
  const told = errors.filter(
    e => e.keyword !== 'anyOf' || ![...places].some(p => p.startsWith(`${e.instancePath}/`)),
  )
  return told.flatMap(e => {
    const params: Readonly<Record<string, unknown>> = { ...e.params }
    const detail = params['limit'] ?? Object.values(params)[0]
    const extra =
      e.keyword === 'additionalProperties' && Array.isArray(detail) ? detail.map(String) : undefined
    if (extra !== undefined) return extra.map(key => strangeKey(`${e.instancePath}/${key}`, key))
    const where = e.instancePath === '' ? '' : `${e.instancePath.slice(1)} `
    const zh = `${where}${saidInChinese[e.keyword] ?? '写法不对'}（${JSON.stringify(detail ?? '')}）`
    return [malformed({ path: e.instancePath }, `${where}${e.message}`, zh)]
  })
}
