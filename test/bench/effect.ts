import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type CohortRow, type Effect, effectsOf, type Success, wilson } from '#evaluate'
import { addDays, daysOf, type PlainDate, uniform } from '#kernel'
import { openWarehouse, parquet, type Sql, sql, type Warehouse } from '#warehouse'
import {
  type City,
  type CityContact,
  type CustomerKind,
  effectDays,
  makeCity,
  plantedEffects,
  stepCity,
} from '#world'

/**
 * Does the evaluation find planted effects as often as its intervals promise? Many small cities are lived: in each, the
 * subscribers are dealt by hash to three trials with planted effects of 0, −2 and +2 points, half of each is
 * contacted and half kept aside, a week passes, and the effect is judged from the feeds alone.
 */
const trials: readonly Trial[] = [
  {
    ruleId: 'zero',
    points: 0,
    offers: { high: ['recharge_50_bonus_10', 'sms'], middle: ['none', 'sms'], low: ['none', 'sms'] },
  },
  {
    ruleId: 'minus_two',
    points: -2,
    offers: { high: ['recharge_30_data_1g', 'sms'], low: ['recharge_100_bonus_30', 'sms'] },
  },
  {
    ruleId: 'plus_two',
    points: 2,
    offers: {
      high: ['recharge_50_bonus_10', 'call'],
      middle: ['recharge_30_data_1g', 'sms'],
      low: ['recharge_50_bonus_10', 'sms'],
    },
  },
]

interface Trial {
  readonly ruleId: string
  readonly points: number
  readonly offers: Readonly<
    Partial<Record<CustomerKind, readonly [offerId: string, channel: CityContact['channel']]>>
  >
}

interface Person {
  readonly subscriberId: string
  readonly kind: CustomerKind
}

/** The planted effect acts on who recharges at all, on the day of the contact or the six after it. */
const success: Success = { kind: 'recharged', withinDays: effectDays, atLeastFen: 1 }
const limits = { memoryMiBMax: 512, threads: 1 }

export async function effectBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '200' },
      first: { type: 'string', default: '1' },
      subscribers: { type: 'string', default: '2000' },
      jobs: { type: 'string', default: '2' },
      control: { type: 'string', default: '50' },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  })
  checkPlanted()
  const first = Number(values.first)
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => first + i)
  const effects: Effect[] = []
  let done = 0
  const worker = async () => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      effects.push(...(await trialsIn(seed, Number(values.subscribers), Number(values.control) / 100)))
      done += 1
      process.stderr.write(`\r${done} / ${values.seeds} cities`)
    }
  }
  await Promise.all(Array.from({ length: Number(values.jobs) }, worker))
  process.stderr.write('\n')
  const rows = trials.map(trial => coverageOf(trial, effects))
  if (values.write) await writeFile(page, pageOf(rows, values))
  console.log(values.json ? JSON.stringify(rows) : table(rows))
}

const page = path.join(import.meta.dirname, '../../docs/effect.md')

/** The page that keeps what the bench found. */
function pageOf(
  rows: readonly CoverageRow[],
  asked: { seeds: string; subscribers: string; control: string },
): string {
  const { seeds, subscribers, control } = asked
  return `# Does the evaluation find what was planted?

Written by \`node test/bench/main.ts effect --seeds ${seeds} --subscribers ${subscribers} --control ${control} --write\`.

${seeds} living cities of ${subscribers} subscribers, a seed each. In each the subscribers are dealt by hash to three trials, in which the city plants
effects of 0, −2 and +2 points on who recharges within seven days; ${control} % of each are kept aside, the others are contacted. A week is
lived, and the effect is judged from the recharge feed as for any rule. A 95 % interval should hold the planted effect in 95 cities of
100; one city alone is far too small to see two points, as its half width says.

${table(rows)}
`
}

/** The trials must be what the city really plants. */
function checkPlanted(): void {
  for (const { points, offers } of trials) {
    for (const [kind, [offer, channel]] of Object.entries(offers)) {
      const planted = plantedEffects.find(e => e.kind === kind && e.offer === offer && e.channel === channel)
      if (planted?.points !== points)
        throw new Error(`${kind} ${offer} ${channel} plants ${planted?.points}, not ${points}`)
    }
  }
}

async function trialsIn(seed: number, subscribers: number, controlShare: number): Promise<readonly Effect[]> {
  const out = await mkdtemp(path.join(tmpdir(), 'weiwan-effect-'))
  const warehouse = await openWarehouse({ ...limits, spillFolder: path.join(out, 'spill-bench') })
  try {
    let city = await makeCity({ out, subscribers, days: 1, seed, eventsPerDay: 0.1, limits })
    const day = city.today
    const { cohort, contacts } = deal(seed, day, await peopleOf(warehouse, city), controlShare)
    for (let i = 0; i < effectDays; i++) city = await stepCity(city, i === 0 ? contacts : [])
    city.close()
    const asOf = addDays(day, effectDays)
    return await effectsOf(warehouse, { cohort, outcomes: outcomesOf(out, day, asOf), asOf })
  } finally {
    warehouse.close()
    await rm(out, { recursive: true, force: true })
  }
}

/** Everyone in service on the morning of the decision, with the kind that the plan's fee makes of them. */
async function peopleOf(warehouse: Warehouse, city: City): Promise<readonly Person[]> {
  const span = `${city.plan.firstDay}_${city.today}`
  const feeds = path.join(city.out, 'feeds')
  return warehouse.rows<Person>(sql`
    SELECT s.subscriber_id AS "subscriberId", CASE WHEN p.monthly_fee >= 8800 THEN 'high' WHEN p.monthly_fee >= 3800 THEN 'middle' ELSE 'low' END AS kind
    FROM ${parquet([path.join(feeds, 'subscriber', `${span}.parquet`)])} AS s
    JOIN read_csv(${path.join(feeds, 'plan', `${span}.csv`)}) AS p USING (plan_id)
    WHERE s.status NOT IN ('closed', 'ported_out') ORDER BY s.subscriber_id`)
}

/** Trial and arm of each person, by hash. */
function deal(seed: number, day: PlainDate, people: readonly Person[], controlShare: number) {
  const dealt = people.flatMap(({ subscriberId, kind }) => {
    const trial = trials[Math.floor(trials.length * uniform(String(seed), 'trial', subscriberId))]
    const offer = trial?.offers[kind]
    if (trial === undefined || offer === undefined) return []
    const arm =
      uniform(String(seed), trial.ruleId, subscriberId) < controlShare
        ? ('control' as const)
        : ('treated' as const)
    return [{ row: { subscriberId, ruleId: trial.ruleId, day, arm, success } satisfies CohortRow, offer }]
  })
  const contacts = dealt
    .filter(d => d.row.arm === 'treated')
    .map(
      ({ row, offer: [offerId, channel] }): CityContact => ({
        ...row,
        offerId,
        channel,
        at: `${day}T02:00:00Z`,
      }),
    )
  return { cohort: dealt.map(d => d.row), contacts }
}

function outcomesOf(out: string, from: PlainDate, to: PlainDate) {
  const files = daysOf({ from, to }).map(day =>
    path.join(out, 'feeds', 'recharge', `${day}_${addDays(day, 1)}.parquet`),
  )
  const recharge = parquet(files)
  // The city's files carry dirt on purpose; rows with a spoilt key belong to nobody.
  const sub: Sql = sql`TRY_CAST(substr(subscriber_id, 2) AS BIGINT)`
  return {
    keys: sql`(SELECT DISTINCT ${sub} AS sub, subscriber_id FROM ${parquet([path.join(out, 'feeds', 'subscriber', '*.parquet')])} AS s)`,
    recharges: sql`(SELECT ${sub} AS sub, CAST(paid_at + INTERVAL 8 HOUR AS DATE) AS day, amount FROM ${recharge} AS r)`,
    leavings: sql`(SELECT CAST(0 AS BIGINT) AS sub, DATE '2000-01-01' AS left_on WHERE FALSE)`,
  }
}

interface CoverageRow {
  readonly planted: number
  readonly cities: number
  /** How many intervals hold the planted effect. */
  readonly inside: number
  readonly share: number
  readonly meanPoints: number
  readonly meanHalfWidth: number
}

function coverageOf(trial: Trial, effects: readonly Effect[]): CoverageRow {
  const found = effects.flatMap(e =>
    e.ruleId === trial.ruleId && e.intervalPoints !== undefined && e.differencePoints !== undefined
      ? [{ ...e.intervalPoints, difference: e.differencePoints }]
      : [],
  )
  const inside = found.filter(f => f.low <= trial.points && trial.points <= f.high).length
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length
  return {
    planted: trial.points,
    cities: found.length,
    inside,
    share: inside / found.length,
    meanPoints: mean(found.map(f => f.difference)),
    meanHalfWidth: mean(found.map(f => (f.high - f.low) / 2)),
  }
}

function table(rows: readonly CoverageRow[]): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const lines = rows.map(r => {
    const { low, high } = wilson({ count: r.cities, successes: r.inside })
    return `| ${r.planted} | ${r.cities} | ${r.inside} | ${percent(r.share)} (${percent(low)} – ${percent(high)}) | ${r.meanPoints.toFixed(2)} | ± ${r.meanHalfWidth.toFixed(1)} |`
  })
  const head =
    '| planted points | cities | intervals that hold it | coverage (95 % interval) | mean found | mean half width |'
  return [head, '|---|---|---|---|---|---|', ...lines].join('\n')
}
