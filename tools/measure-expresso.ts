import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Precision, precisionOf, type Share } from '#evaluate'
import { type FactorCatalogue, factorTable, readFactors, runFactors } from '#factors'
import { loadFeeds, readMapping } from '#ingest'
import { FaultError, type PlainDate, plainDate } from '#kernel'
import { bindRule, type Rule, readRules, sentence, where } from '#rules'
import { openWarehouse, type Sql, sql, type Warehouse } from '#warehouse'

/**
 * Loads a real carrier's file through its mapping, computes factors, asks the example's rules, and compares whom they
 * select with the file's own churn column. Nothing here knows the file's format: that is what the mapping is for.
 */

export const exampleFolder = path.join(import.meta.dirname, '..', 'examples', 'expresso')
const catalogueFolder = path.join(import.meta.dirname, '..', 'catalogue')
/** The morning on which the last of the three months is known. */
const asOf: PlainDate = plainDate('2026-04-02')
const dataFile = 'expresso_prepaid_58k.csv'

interface Loaded {
  readonly rows: number
  /** Bad rows kept aside, by what is wrong with them. */
  readonly quarantined: Readonly<Record<string, number>>
  /** Factors that this delivery is enough for, of how many. */
  readonly factorsOn: number
  readonly factors: number
}

export interface Measured {
  readonly rule: Rule
  readonly sentence: string
  readonly precision: Precision
}

export interface Measurement {
  readonly subscribers: number
  readonly leavers: number
  readonly loaded: Loaded
  readonly rules: readonly Measured[]
  /** The strongest rule at other thresholds. */
  readonly thresholds: readonly { readonly activeMax: number; readonly precision: Precision }[]
}

/** Where the public data lies, unless told otherwise: beside the repository, never in it. */
export const usualDataFolder = path.join(import.meta.dirname, '..', '..', 'shared', 'data')

export async function measureExpresso(dataFolder: string): Promise<Measurement> {
  const folder = await mkdtemp(path.join(tmpdir(), 'weiwan-expresso-'))
  const warehouse = await openWarehouse({
    memoryMiBMax: 1024,
    threads: 2,
    spillFolder: path.join(folder, 'spill'),
  })
  try {
    const catalogue = await readFactors(path.join(catalogueFolder, 'factors'))
    const loaded = await loadAndCompute(warehouse, folder, dataFolder, catalogue)
    const book = await readRules(path.join(exampleFolder, 'rules'), catalogue.byId)
    throwIfAny([...catalogue.faults, ...book.faults])
    const table = await factorTable({ root: folder }, asOf)
    if (table === undefined) throw new Error('no factor table was written')
    const labelled = labelledBy(table, path.join(dataFolder, dataFile))
    return await measured(warehouse, labelled, book.rules, catalogue, loaded)
  } finally {
    warehouse.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function loadAndCompute(
  warehouse: Warehouse,
  folder: string,
  dataFolder: string,
  catalogue: FactorCatalogue,
): Promise<Loaded> {
  const mapping = await readMapping(path.join(exampleFolder, 'mapping.yaml'))
  throwIfAny(mapping.ok ? [] : mapping.faults)
  if (!mapping.ok) throw new Error('a mapping that is not ok has faults')
  const target = {
    warehouse,
    shelf: { root: folder },
    workFolder: path.join(folder, 'work'),
    environment: {},
  }
  const outcomes = await loadFeeds(target, mapping.value, dataFolder, asOf)
  throwIfAny(outcomes.flatMap(o => (o.state === 'refused' ? [o.fault] : [])))
  const run = await runFactors(warehouse, { shelf: target.shelf }, catalogue, asOf)
  const quarantined = Object.assign({}, ...outcomes.map(o => (o.state === 'refused' ? {} : o.report.reasons)))
  const factors = catalogue.factors.length
  const rows = outcomes.reduce((sum, o) => sum + (o.state === 'refused' ? 0 : o.report.rows), 0)
  return { rows, quarantined, factors, factorsOn: factors - run.off.length }
}

function throwIfAny(faults: readonly { code: string; en: string; zh: string }[]): void {
  const [first, ...rest] = faults
  if (first !== undefined) throw new FaultError(first, ...rest)
}

/** The file has no key, so the mapping calls each subscriber by the number of its line; line 1 is the header. */
function labelledBy(table: Sql, file: string): Sql {
  return sql`(SELECT f.*, l.churned FROM ${table} AS f JOIN (
    SELECT CAST(1 + row_number() OVER () AS VARCHAR) AS subscriber_id, CHURN = 1 AS churned
    FROM read_csv(${file}, parallel = false)) AS l USING (subscriber_id))`
}

async function measured(
  warehouse: Warehouse,
  labelled: Sql,
  rules: readonly Rule[],
  { byId }: FactorCatalogue,
  loaded: Loaded,
): Promise<Measurement> {
  const ask = (rule: Rule, values?: Readonly<Record<string, number>>) =>
    precisionOf(warehouse, labelled, where(bindRule(rule, asOf, values)), sql`churned`)
  const found: Measured[] = []
  for (const rule of rules) {
    found.push({ rule, sentence: sentence(bindRule(rule, asOf), byId, 'en'), precision: await ask(rule) })
  }
  const strongest = rules.find(rule => rule.id === 'hardly_active')
  const thresholds: { activeMax: number; precision: Precision }[] = []
  for (const activeMax of [5, 10, 15, 20, 30, 40, 60]) {
    if (strongest !== undefined)
      thresholds.push({ activeMax, precision: await ask(strongest, { active_max: activeMax }) })
  }
  const base = found[0]?.precision.base
  if (base?.count !== loaded.rows)
    throw new Error(`${loaded.rows} rows were loaded, ${base?.count} found their label`)
  return { subscribers: base.count, leavers: base.successes, loaded, rules: found, thresholds }
}

const percent = (share: number | undefined) => (share === undefined ? '–' : `${(100 * share).toFixed(1)} %`)
const withInterval = ({ share, interval }: Share) =>
  `${percent(share)} (${(100 * interval.low).toFixed(1)} – ${(100 * interval.high).toFixed(1)})`

function sayQuarantine({ quarantined }: Loaded): string {
  const reasons = Object.entries(quarantined).map(([reason, rows]) => `${rows} × \`${reason}\``)
  return reasons.length === 0 ? 'nothing' : reasons.join(', ')
}

/** The part of the example's page that is written by the command. */
export function report({ subscribers, leavers, loaded, rules, thresholds }: Measurement): string {
  const rows = rules.map(
    ({ rule, sentence: said, precision: p }) =>
      `| \`${rule.id}\` | ${said} | ${p.precision.count} | ${withInterval(p.precision)} | ${withInterval(p.recall)} | ${p.lift?.toFixed(2) ?? '–'} |`,
  )
  const sweep = thresholds.map(
    ({ activeMax, precision: p }) =>
      `| ${activeMax} | ${p.precision.count} | ${percent(p.precision.share)} | ${percent(p.recall.share)} | ${p.lift?.toFixed(2) ?? '–'} |`,
  )
  return [
    `${subscribers} subscribers, ${leavers} of them leavers (${percent(leavers / subscribers)}). Kept in quarantine: ${sayQuarantine(loaded)}. ${loaded.factorsOn} of ${loaded.factors} factors can be computed from this one feed; the others are switched off and listed.`,
    '',
    '| rule | condition | selected | precision (95 %) | recall (95 %) | lift |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    'The strongest rule at other thresholds:',
    '',
    '| active at most | selected | precision | recall | lift |',
    '|---|---|---|---|---|',
    ...sweep,
  ].join('\n')
}

const begin = '<!-- measured: begin -->'
const end = '<!-- measured: end -->'

export function withReport(page: string, text: string): string {
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from) throw new Error('the page has no place for the measurement')
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`
}

if (import.meta.main) {
  const measurement = await measureExpresso(process.argv[2] ?? usualDataFolder)
  const page = path.join(exampleFolder, 'README.md')
  const text = report(measurement)
  await writeFile(page, withReport(await readFile(page, 'utf8'), text))
  console.log(text)
}
