import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { addDays, addMonths, type DaySpan, isPlainDate, type PlainDate } from '#kernel'
import type { FeedKind, Words } from './contract/feed.ts'

const placeholder = /\{([^}]*)\}/g
const dayText = String.raw`(\d{4}-?\d{2}-?\d{2})`
const monthText = String.raw`(\d{4}-?\d{2})`

function partsOf(pattern: string): readonly string[] {
  return [...pattern.matchAll(placeholder)].map(m => m[1] ?? '')
}

/** What is wrong with a path pattern, if anything. */
export function patternFault(pattern: string, hasSpan: boolean, kind: FeedKind): Words | undefined {
  if (path.isAbsolute(pattern) || pattern.split(/[\\/]/).includes('..')) {
    return { en: 'must stay inside the folder of deliveries', zh: '必须位于交付目录之内' }
  }
  const parts = partsOf(pattern).toSorted().join(' ')
  if (parts === '') {
    if (hasSpan) return undefined
    return {
      en: 'names no days: give it {day}, {month} or {from} and {to}, or say span',
      zh: '未包含日期：请使用 {day}、{month} 或 {from} 与 {to}，或给出 span',
    }
  }
  if (hasSpan)
    return { en: 'names days already: span has no place here', zh: '路径已含日期，不应再给出 span' }
  if (parts === 'from to' || parts === 'month' || (parts === 'day' && kind !== 'month')) return undefined
  return {
    en: 'needs {day}, {month}, or both {from} and {to}',
    zh: '应使用 {day}、{month}，或同时使用 {from} 与 {to}',
  }
}

/** A file on disk that a pattern matches, and the data days it holds. */
export interface FoundFile {
  readonly file: string
  readonly span: DaySpan
}

/** The files under `folder` that match, in the order of their days. */
export async function findFiles(
  folder: string,
  pattern: string,
  kind: FeedKind,
  span: DaySpan | undefined,
): Promise<readonly FoundFile[]> {
  const segments = pattern.split('/')
  let open: Opened[] = [{ file: folder, values: {} }]
  for (const segment of segments) open = (await Promise.all(open.map(o => stepInto(o, segment)))).flat()
  const found = open.flatMap(o => {
    const days = span ?? spanOf(o.values, kind)
    return days === undefined ? [] : [{ file: o.file, span: days }]
  })
  return found.toSorted((a, b) =>
    a.span.from + a.span.to + a.file < b.span.from + b.span.to + b.file ? -1 : 1,
  )
}

interface Opened {
  readonly file: string
  readonly values: Readonly<Record<string, string>>
}

async function stepInto(at: Opened, segment: string): Promise<Opened[]> {
  const names = await readdir(at.file).catch((): string[] => [])
  if (!segment.includes('{')) {
    return names.includes(segment) ? [{ file: path.join(at.file, segment), values: at.values }] : []
  }
  const parts = partsOf(segment)
  const shape = new RegExp(`^${segment.split(placeholder).map(shapeOf).join('')}$`)
  return names.flatMap(name => {
    const match = shape.exec(name)
    if (match === null) return []
    const values = Object.fromEntries(parts.map((part, i) => [part, match[i + 1] ?? '']))
    return [{ file: path.join(at.file, name), values: { ...at.values, ...values } }]
  })
}

/** `split` alternates literal text and placeholder names. */
function shapeOf(piece: string, i: number): string {
  if (i % 2 === 0) return piece.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return piece === 'month' ? monthText : dayText
}

function spanOf(values: Readonly<Record<string, string>>, kind: FeedKind): DaySpan | undefined {
  const { day, month, from, to } = values
  if (month !== undefined) return spanOfMonth(month, kind)
  const first = isoDay(day ?? from)
  const after = day === undefined ? isoDay(to) : first && addDays(first, 1)
  return first !== undefined && after !== undefined && first < after ? { from: first, to: after } : undefined
}

/** Rows of a closed month count from the day after it; events of a month happened in it. */
function spanOfMonth(text: string, kind: FeedKind): DaySpan | undefined {
  const first = isoDay(`${text.replace('-', '')}01`)
  if (first === undefined) return undefined
  const next = addMonths(first, 1)
  return kind === 'month' ? { from: next, to: addDays(next, 1) } : { from: first, to: next }
}

function isoDay(text: string | undefined): PlainDate | undefined {
  const digits = text?.replaceAll('-', '') ?? ''
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
  return isPlainDate(iso) ? iso : undefined
}
