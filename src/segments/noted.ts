import type { Words } from '#rules'
import { ident, join, type Row, type Sql, sql } from '#warehouse'
import type { Cut } from './scale.ts'
import type { SegmentMap } from './segment-map.ts'

/** `off`: what it needs cannot be computed, nobody has it. `held`: what it needs is suspect, nothing should rest on it. */
export type SegmentState = 'on' | 'held' | 'off'

export interface Standing {
  readonly state: SegmentState
  readonly reason: Words | null
}

export type Axis = 'value' | 'stage' | 'brand'
export const axes: readonly Axis[] = ['value', 'stage', 'brand']

/** How a tag stood on one morning, and how many had it. */
export interface TagDay extends Standing {
  readonly version: number
  readonly subscribers: number
}

/** What a morning says of itself beside its rows. */
export interface Noted {
  readonly axes: Readonly<Record<Axis, Standing>>
  readonly cuts: readonly Cut[]
  readonly tags: ReadonlyMap<string, TagDay>
  /** The map by which it was made; mornings of before maps could be changed do not say. */
  readonly map?: SegmentMap | undefined
}

/** It as rows, to be shelved: axes, cuts and tags. */
export function notedRows({ axes: states, cuts, tags, map }: Noted): Sql {
  const rows = [
    ...axes.map((axis, i) => rowOf('axis', i, axis, states[axis], {})),
    ...cuts.map(({ id, from }, i) => rowOf('cut', i, id, on, { begins: from })),
    ...[...tags].map(([id, tag], i) => rowOf('tag', i, id, tag, tag)),
    ...(map === undefined ? [] : [rowOf('map', 0, map.id, on, { content: JSON.stringify(map) })]),
  ]
  const names = join(columns.map(ident))
  return sql`SELECT * FROM (VALUES ${join(rows)}) AS noted(${names})`
}

const on: Standing = { state: 'on', reason: null }
const columns = ['kind', 'position', 'id', 'state', 'zh', 'en', 'begins', 'version', 'subscribers', 'content']

interface Figures {
  readonly begins?: number | null
  readonly version?: number
  readonly subscribers?: number
  readonly content?: string
}

function rowOf(
  kind: string,
  position: number,
  id: string,
  { state, reason }: Standing,
  figures: Figures,
): Sql {
  const { begins = null, version = null, subscribers = null, content = null } = figures
  return sql`(${kind}, ${position}, ${id}, ${state}, CAST(${reason?.zh ?? null} AS VARCHAR), CAST(${reason?.en ?? null} AS VARCHAR),
    CAST(${begins} AS DOUBLE), CAST(${version} AS BIGINT), CAST(${subscribers} AS BIGINT), CAST(${content} AS VARCHAR))`
}

interface NotedRow extends Row {
  readonly kind: 'axis' | 'cut' | 'tag' | 'map'
  readonly id: string
  readonly state: SegmentState
  readonly zh: string | null
  readonly en: string | null
  readonly begins: number | null
  readonly version: number | null
  readonly subscribers: number | null
  /** Pieces of before maps could be changed have no such column. */
  readonly content?: string | null
}

/** What the rows say, in the order of their positions. */
export function notedIn(all: readonly Row[]): Noted {
  const rows = all as readonly NotedRow[]
  const axis = (name: Axis): Standing => {
    const row = rows.find(r => r.kind === 'axis' && r.id === name)
    return row === undefined ? { state: 'off', reason: null } : standingOf(row)
  }
  const content = rows.find(r => r.kind === 'map')?.content
  return {
    ...(content == null ? {} : { map: JSON.parse(content) as SegmentMap }),
    axes: { value: axis('value'), stage: axis('stage'), brand: axis('brand') },
    cuts: rows.filter(r => r.kind === 'cut').map(({ id, begins }) => ({ id, from: begins })),
    tags: new Map(
      rows
        .filter(r => r.kind === 'tag')
        .map(r => [r.id, { ...standingOf(r), version: r.version ?? 1, subscribers: r.subscribers ?? 0 }]),
    ),
  }
}

function standingOf({ state, zh, en }: NotedRow): Standing {
  return { state, reason: zh === null || en === null ? null : { zh, en } }
}
