import type { Level, Query } from '#wire'

/** What stands behind the `?` of each page: read once, wrong values dropped, so that any address can be opened. */

type Raw = Readonly<Record<string, unknown>>
type TaskSort = NonNullable<Query<'listTasks'>['sort']>

const levels: readonly Level[] = ['high', 'medium', 'low', 'stable']
export const taskSorts: readonly TaskSort[] = [
  'priority',
  '-level',
  'level',
  '-day',
  'day',
  '-arpu',
  'arpu',
  'state',
  '-state',
]

/** The router reads `?q=139` as a number; here it is text again. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function numberOf(value: unknown, max: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max
    ? value
    : undefined
}

function dayOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined
}

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find(v => v === value)
}

/** Leaves out what is undefined, so that addresses stay short. */
function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

export function pageSearch(raw: Raw) {
  return present({
    state: textOf(raw['state']),
    page: numberOf(raw['page'], 1_000_000),
    pageSize: numberOf(raw['pageSize'], 100),
  })
}

export function taskSearch(raw: Raw) {
  return present({
    ...pageSearch(raw),
    level: oneOf(levels, raw['level']),
    channel: textOf(raw['channel']),
    day: dayOf(raw['day']),
    q: textOf(raw['q']),
    sort: oneOf(taskSorts, raw['sort']),
  })
}
/** Where a list begins: what still waits for somebody. `all` in an address means every state. */
export const toDo = 'open,claimed'
export const everyState = 'all'

/** What is asked of the server for a search. */
export function taskQuery(search: TaskSearch, pageSize: number): Query<'listTasks'> {
  const { state = toDo, ...rest } = search
  return { pageSize, ...rest, ...(state === everyState ? {} : { state }) }
}

export type TaskSearch = ReturnType<typeof taskSearch>

/** What a filter changes; undefined takes a filter away. */
export type TaskChange = { readonly [K in keyof TaskSearch]?: TaskSearch[K] | undefined }

/** The search after a change. A narrower or wider list starts again at its first page. */
export function changed(search: TaskSearch, change: TaskChange): TaskSearch {
  return present({ ...search, page: undefined, ...change })
}

export function lookupSearch(raw: Raw) {
  return present({ q: textOf(raw['q']), page: numberOf(raw['page'], 1_000_000) })
}

/** Where to go after signing in: a path of ours and nobody else's. */
export function backSearch(raw: Raw) {
  const back = textOf(raw['back'])
  return present({
    back: back !== undefined && /^\/(?![/\\])/.test(back) ? back : undefined,
    ended: raw['ended'] === true ? true : undefined,
  })
}

export const campaignStates = ['draft', 'waiting', 'ready', 'running', 'paused', 'closed'] as const
export type CampaignState = (typeof campaignStates)[number]

export function campaignSearch(raw: Raw) {
  return present({
    state: oneOf<CampaignState>(campaignStates, raw['state']),
    page: numberOf(raw['page'], 1_000_000),
  })
}

/** Which requests that need a second person. */
export type Which = 'to-decide' | 'mine' | 'all'

export function approvalSearch(raw: Raw) {
  return present({
    which: oneOf<Which>(['to-decide', 'mine', 'all'], raw['which']),
    page: numberOf(raw['page'], 1_000_000),
  })
}

export function auditSearch(raw: Raw) {
  return present({
    subscriber: textOf(raw['subscriber']),
    customer: textOf(raw['customer']),
    staff: textOf(raw['staff']),
    act: textOf(raw['act']),
    from: dayOf(raw['from']),
    to: dayOf(raw['to']),
    page: numberOf(raw['page'], 1_000_000),
  })
}
export type AuditSearch = ReturnType<typeof auditSearch>

/** A rule to begin with. */
export function composeSearch(raw: Raw) {
  return present({ from: textOf(raw['from']) })
}
export function segmentSearch(raw: Raw) {
  return present({ day: dayOf(raw['day']), from: dayOf(raw['from']), brand: textOf(raw['brand']) })
}

export function segmentCustomersSearch(raw: Raw) {
  return present({
    day: dayOf(raw['day']),
    value: textOf(raw['value']),
    stage: textOf(raw['stage']),
    brand: textOf(raw['brand']),
    fromDay: dayOf(raw['fromDay']),
    fromValue: textOf(raw['fromValue']),
    fromStage: textOf(raw['fromStage']),
    fromBrand: textOf(raw['fromBrand']),
    page: numberOf(raw['page'], 1_000_000),
  })
}
export type SegmentCustomersSearch = ReturnType<typeof segmentCustomersSearch>

export function tagSearch(raw: Raw) {
  return present({ q: textOf(raw['q']), group: textOf(raw['group']) })
}

type WarningState = NonNullable<Query<'listWarnings'>['state']>
type WarningLevel = NonNullable<Query<'listWarnings'>['level']>

export function warningSearch(raw: Raw) {
  return present({
    plan: textOf(raw['plan']),
    state: oneOf<WarningState>(['raised', 'worked', 'eased', 'closed'], raw['state']),
    level: oneOf<WarningLevel>(['high', 'medium', 'low'], raw['level']),
    page: numberOf(raw['page'], 1_000_000),
  })
}
