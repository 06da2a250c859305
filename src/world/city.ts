import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import {
  addDays,
  addMonths,
  type DaySpan,
  FaultError,
  monthStart,
  type OnProgress,
  type PlainDate,
  plainDate,
} from '#kernel'
import {
  interruptible,
  openWarehouse,
  raw,
  type Warehouse,
  type WarehouseLimits,
  writeWhole,
} from '#warehouse'
import { dayNumber } from './calendar.ts'
import {
  deliverCare,
  deliverMonths,
  deliverRecharges,
  deliverScores,
  deliverSpan,
  deliverStates,
  isText,
  spanOfDay,
} from './deliveries.ts'
import { diceOf } from './dice.ts'
import { delayRows } from './dirt.ts'
import { cityExists, planOutOfRange } from './faults.ts'
import { expectLines, liveDays, makeUsage, settleIn } from './live.ts'
import { mappingYaml } from './mapping.ts'
import { recallDays } from './past.ts'
import { organisationCsv } from './places.ts'
import { admit, admittedDays, populate, tieSwitchers } from './population.ts'
import { type CityContact, respond } from './respond.ts'
import { type CityPlan, historyMonths, joinedBefore, settlingDays, sizeOf } from './size.ts'
import {
  type CityRecord,
  hasCity,
  loadTables,
  publish,
  readRecord,
  savePeople,
  saveTables,
  stateFolder,
  switchTo,
} from './state.ts'
import { createTables, fillCalendar, type World } from './tables.ts'
import { effectsCsv, writeContactTruth, writeTruth } from './truth.ts'

/** What a city is made from. */
export interface CityOptions {
  readonly out: string
  readonly subscribers: number
  readonly days: number
  readonly seed: number
  readonly firstDay?: PlainDate
  readonly eventsPerDay?: number
  readonly limits?: WarehouseLimits
  readonly onProgress?: OnProgress
  /** Aborted: the making fails within moments, and leaves no city. */
  readonly signal?: AbortSignal | undefined
}

/** A city that lives: `today` is the next day to be lived. */
export interface City {
  readonly out: string
  readonly today: PlainDate
  readonly plan: CityPlan
  close(): void
}

interface OpenCity extends City {
  readonly world: World
  readonly record: CityRecord
}

const allFeeds = [
  'subscriber',
  'customer',
  'plan',
  'product',
  'subscription',
  'contract',
  'usage',
  'daily_usage',
  'monthly_summary',
  'recharge',
  'balance',
  'bill',
  'device',
  'cell',
  'service_contact',
  'fault',
  'installation',
  'visit',
  'score',
]
const spanRowsMax = 1_300_000
const pastRowsMax = 20_000_000

/** Builds a city with its history under `out`. Fault world.city-exists when there is one already. */
export async function makeCity(options: CityOptions): Promise<City> {
  const plan = planOf(options)
  const { out } = options
  if (hasCity(out)) throw new FaultError(cityExists(out))
  await Promise.all(
    ['feeds', 'truth', 'state'].map(f => rm(path.join(out, f), { recursive: true, force: true })),
  )
  const world = await openWorld(out, plan, options.limits)
  try {
    await interruptible(world.warehouse, options.signal, () => buildCity(world, options))
  } finally {
    world.warehouse.close()
  }
  return openCity(out, options.limits)
}

async function buildCity(world: World, { out, onProgress }: CityOptions): Promise<void> {
  const { plan } = world
  const end = addDays(plan.firstDay, plan.days)
  const admittedTo = addDays(end, admittedDays)
  await populate(world, admittedTo)
  await tellHistory(world, out, onProgress)
  await writeWhole(path.join(out, 'organisation.csv'), organisationCsv(world.size))
  await writeWhole(
    path.join(out, 'mapping.yaml'),
    mappingYaml(allFeeds.map(id => ({ id, text: isText(world, id) }))),
  )
  await writeTruth(world, path.join(out, 'truth'))
  await writeWhole(path.join(out, 'truth', 'effects.csv'), effectsCsv())
  await saveTables(world, out, end)
  const people = [await savePeople(world, out, 0)]
  await switchTo(out, { plan, today: end, folder: end, people, admittedTo })
}

function planOf(options: CityOptions): CityPlan {
  const within = (what: string, value: number, min: number, max: number) => {
    if (!Number.isInteger(value) || value < min || value > max)
      throw new FaultError(planOutOfRange(what, min, max))
  }
  within('subscribers', options.subscribers, 100, 20_000_000)
  within('days', options.days, 1, 1000)
  within('seed', options.seed, 0, 2 ** 31)
  const eventsPerDay = options.eventsPerDay ?? 3
  const firstDay = options.firstDay ?? plainDate('2026-07-01')
  return { seed: options.seed, subscribers: options.subscribers, days: options.days, firstDay, eventsPerDay }
}

async function openWorld(
  out: string,
  plan: CityPlan,
  limits: WarehouseLimits = { memoryMiBMax: 3072, threads: 2 },
): Promise<World> {
  const spillFolder = path.join(out, 'spill')
  await rm(spillFolder, { recursive: true, force: true })
  const warehouse: Warehouse = await openWarehouse({ ...limits, spillFolder })
  await createTables(warehouse)
  return { plan, size: sizeOf(plan), dice: diceOf(plan.seed), warehouse }
}

async function tellHistory(world: World, out: string, onProgress: OnProgress = () => {}): Promise<void> {
  const { plan } = world
  const root = path.join(out, 'feeds')
  const end = addDays(plan.firstDay, plan.days)
  const spans = inSpans(world, { from: plan.firstDay, to: end })
  const steps = spans.length + 3
  onProgress({ step: 'past', done: 0, total: steps })
  const beginning = await tellPast(world, root)
  for (const [i, span] of spans.entries()) {
    onProgress({ step: span.from, done: 1 + i, total: steps })
    await liveDays(world, span)
    await makeUsage(world, span)
    await deliverSpan(world, root, span)
  }
  onProgress({ step: 'care', done: steps - 2, total: steps })
  await deliverCare(world, root, { from: beginning, to: end }, true)
  await deliverScores(world, root, { from: addDays(plan.firstDay, -56), to: end })
  onProgress({ step: 'state', done: steps - 1, total: steps })
  await deliverStates(world, root, { from: plan.firstDay, to: end }, true)
  onProgress({ step: 'done', done: steps, total: steps })
}

/** Two years of money and months before the first day, the last weeks of them lived so that balances are settled. */
async function tellPast(world: World, root: string): Promise<PlainDate> {
  const { plan, warehouse } = world
  const beginning = monthStart(addMonths(plan.firstDay, -historyMonths))
  const settledFrom = addDays(plan.firstDay, -settlingDays)
  await settleIn(world, dayNumber(settledFrom))
  await expectLines(world, dayNumber(settledFrom), dayNumber(plan.firstDay) + plan.days)
  await liveDays(world, { from: settledFrom, to: plan.firstDay })
  await warehouse.run(raw('CREATE TABLE settled AS SELECT n, dn, rech, rech_s FROM dayrow WHERE rech > 0'))
  const months = Math.max(1, Math.floor(pastRowsMax / plan.subscribers / 30))
  for (let from = beginning; from < plan.firstDay; ) {
    const next = monthStart(addMonths(from, months))
    const span = { from, to: next < plan.firstDay ? next : plan.firstDay }
    await fillCalendar(warehouse, span)
    await recallDays(world, span, dayNumber(settledFrom))
    await deliverRecharges(world, root, span, raw('past'))
    await deliverMonths(world, root, span)
    from = span.to
  }
  await warehouse.run(raw('DROP TABLE settled'))
  await warehouse.run(raw('DROP TABLE past'))
  return beginning
}

function inSpans(world: World, whole: DaySpan): DaySpan[] {
  const days = Math.max(1, Math.floor(spanRowsMax / world.plan.subscribers))
  const spans: DaySpan[] = []
  for (let from = whole.from; from < whole.to; from = addDays(from, days)) {
    const to = addDays(from, days)
    spans.push({ from, to: to < whole.to ? to : whole.to })
  }
  return spans
}

/** Opens a city where its last finished day left it. Fault world.no-city. */
export async function openCity(out: string, limits?: WarehouseLimits): Promise<City> {
  const record = await readRecord(out)
  await finishPublishing(out, record)
  const world = await openWorld(out, record.plan, limits)
  await loadTables(world, out, record)
  await tieSwitchers(world)
  return opened(out, world, record)
}

function opened(out: string, world: World, record: CityRecord): OpenCity {
  return { out, world, record, plan: record.plan, today: record.today, close: () => world.warehouse.close() }
}

/**
 * Lives the city's next day with the contacts made on it, writes the day's deliveries and answers the city of the day
 * after; the given one is spent, also when this fails. Killed at any moment or stopped by the
 * signal, the folder holds the day before or the day after.
 */
export async function stepCity(
  city: City,
  contacts: readonly CityContact[],
  signal?: AbortSignal,
): Promise<City> {
  const opened = city as OpenCity
  return interruptible(opened.world.warehouse, signal, () => liveDay(opened, contacts))
}

async function liveDay({ world, record, out }: OpenCity, contacts: readonly CityContact[]): Promise<City> {
  const { plan } = world
  const day = record.today
  const span = spanOfDay(day)
  const staged = path.join(stateFolder(out), `staged-${span.to}`)
  const feeds = path.join(staged, 'feeds')
  await rm(staged, { recursive: true, force: true })
  const admitted = await admitAhead(world, out, record, path.join(staged, 'truth'))
  await expectLines(world, dayNumber(day), dayNumber(span.to))
  await respond(world, day, contacts)
  await liveDays(world, span)
  await makeUsage(world, span)
  await deliverSpan(world, feeds, span)
  await delayRows(world)
  await deliverCare(world, feeds, span, false)
  await deliverScores(world, feeds, span)
  await deliverStates(world, feeds, span, false)
  if (contacts.length > 0)
    await writeContactTruth(world, path.join(staged, 'truth', 'contact', `${day}.parquet`), dayNumber(day))
  await saveTables(world, out, span.to)
  const next = { version: record.version, plan, today: span.to, folder: span.to, ...admitted }
  await switchTo(out, next)
  await finishPublishing(out, next)
  return opened(out, world, next)
}

/** Settles the newcomers of the coming weeks when those settled before are used up, and writes the truth about them. */
async function admitAhead(world: World, out: string, record: CityRecord, truth: string) {
  const { people, admittedTo, today } = record
  if (today < admittedTo) return { people, admittedTo }
  const { plan, size } = world
  const first = size.founders + joinedBefore(plan, size, admittedTo)
  const next = addDays(admittedTo, admittedDays)
  await admit(world, admittedTo, next)
  await writeTruth(world, truth)
  return { people: [...people, await savePeople(world, out, first)], admittedTo: next }
}

/** After the switch: publishes what the finished day staged, and clears away what no longer counts. */
async function finishPublishing(out: string, record: CityRecord): Promise<void> {
  const folder = stateFolder(out)
  await publish(path.join(folder, `staged-${record.today}`), out)
  for (const name of await readdir(folder)) {
    if (name === 'city.json' || name === record.folder || record.people.includes(name)) continue
    await rm(path.join(folder, name), { recursive: true, force: true })
  }
}
