import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { type Application, openApplication } from '#flows'
import { buildServer } from '#http'
import { systemClock } from '#kernel'
import { openCluster } from '../../src/desk/cluster/open.ts'
import { clusterUrl } from '../support/cluster-url.ts'
import { machine, met } from './apart.ts'
import { signedIn } from './province.ts'
import { writeResult } from './report.ts'
import { askers, lastDay, makeTasks } from './scoped-tasks.ts'

const mostMs = 50
const debianBin = '/usr/lib/postgresql/15/bin'

/** What the console asks for: the list as it opens, each filter, each way to sort, a part of a key, a later page. */
const questions: Readonly<Record<string, string>> = {
  'as it opens': '',
  'open and in hand': 'state=open,claimed',
  'one day': `day=${lastDay}`,
  'a past day, done': 'day=2026-09-15&state=done',
  'high, by phone, open': 'level=high&channel=call&state=open',
  'level low, done': 'level=low&state=done',
  'nothing found': 'level=stable',
  'by level': 'sort=-level',
  'by day': 'sort=day',
  'by revenue': 'sort=-arpu',
  'by state': 'sort=state',
  'part of a key': 'q=12345',
  'beginning of many keys': 'q=S1',
  'beginning of every number': 'q=138',
  'page 20': 'page=20',
}

interface Timed {
  readonly asker: string
  readonly question: string
  readonly total: number
  readonly p50: number
  readonly p95: number
}

const usage = `usage: node test/bench/main.ts scoped [--tasks N] [--times K] [--servers embedded,debian] [--write] [--home DIR]

A page of the list of tasks with its counts over N tasks (default 1000000), asked K times (default 40) by an account manager,
a county and a city, through the real route. --write puts the result in docs/performance.md.`

/** A page of the list of tasks with its counts, asked through the real route by three scopes, on both PostgreSQLs. */
export async function scopedBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tasks: { type: 'string', default: '1000000' },
      times: { type: 'string', default: '40' },
      servers: { type: 'string', default: 'embedded,debian' },
      write: { type: 'boolean', default: false },
      home: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const blocks: string[] = []
  for (const server of values.servers.split(',')) {
    const folder = values.home ?? (await mkdtemp(path.join(tmpdir(), 'weiwan-bench-scoped-')))
    await mkdir(folder, { recursive: true })
    const found = await onServer(server, folder, Number(values.tasks), Number(values.times))
    if (values.home === undefined) await rm(folder, { recursive: true, force: true })
    console.log(found)
    blocks.push(found)
  }
  if (!values.write) return
  const head = `## A page of the list in somebody's scope

\`node test/bench/main.ts scoped --write\` on ${machine()}: ${Number(values.tasks).toLocaleString('en')} tasks of 90 days in PostgreSQL, a province of 10 cities,
100 counties and 2,000 grids. Each line is the whole answer of \`GET /api/tasks\` through the server, with the counts by state beside the page,
asked ${values.times} times by one person after another. The budget is ${mostMs} ms at the 95th percentile.`
  await writeResult('scoped', [head, ...blocks].join('\n\n'))
}

async function onServer(name: string, folder: string, tasks: number, times: number): Promise<string> {
  const cluster =
    name === 'debian'
      ? await openCluster({ folder, name: 'pg15', binFolder: debianBin, initWords: ['--no-sync'] })
      : undefined
  const application = await openApplication({
    dataFolder: folder,
    clock: systemClock,
    ...(cluster === undefined ? {} : { databaseUrl: clusterUrl(cluster) }),
  })
  const server = await buildServer(application, { version: 'bench', logs: false })
  try {
    const start = performance.now()
    await makeTasks(application, tasks)
    console.log(`${tasks} tasks in ${Math.round((performance.now() - start) / 1000)} s`)
    const { rows } = await application.desk.pool.query('show server_version')
    const timed = await timeAll(server, times)
    const plan = await plansOf(application, server)
    return block(String(rows[0].server_version), timed, plan)
  } finally {
    await server.close()
    await application.close()
    await cluster?.close()
  }
}

async function timeAll(server: FastifyInstance, times: number): Promise<readonly Timed[]> {
  const timed: Timed[] = []
  for (const asker of askers) {
    for (const [question, query] of Object.entries(questions)) {
      const ask = await asking(server, asker.login)
      for (let i = 0; i < 3; i++) await ask(query)
      const took: number[] = []
      let total = 0
      for (let i = 0; i < times; i++) {
        const start = performance.now()
        total = (await ask(query)).total
        took.push(performance.now() - start)
      }
      took.sort((a, b) => a - b)
      const at = (share: number) => took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? 0
      timed.push({ asker: asker.title, question, total, p50: at(0.5), p95: at(0.95) })
    }
  }
  return timed
}

type Ask = (query: string) => Promise<{ readonly total: number }>
const cookies = new Map<string, string>()

async function asking(server: FastifyInstance, login: string): Promise<Ask> {
  const cookie = cookies.get(`${server.version}${login}`) ?? (await signedIn(server, login))
  return async query => {
    const reply = await server.inject({ url: `/api/tasks?${query}`, headers: { cookie } })
    if (reply.statusCode !== 200) throw new Error(`${query}: ${reply.statusCode} ${reply.body}`)
    return reply.json()
  }
}

/** The plans of the two statements behind the city's list as it opens. */
async function plansOf(application: Application, server: FastifyInstance): Promise<string> {
  const ask = await asking(server, 'city')
  const seen: { readonly text: string; readonly values: readonly unknown[] }[] = []
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (
    this: pg.Client,
    text: string,
    values: readonly unknown[],
    ...more: []
  ) {
    if (typeof text === 'string' && text.includes('"task"')) seen.push({ text, values })
    return Reflect.apply(query, this, [text, values, ...more])
  } as never
  try {
    await ask('')
  } finally {
    pg.Client.prototype.query = query
  }
  const plans = []
  for (const { text, values } of seen) {
    const plan = await application.desk.pool.query(`explain (analyze, timing off, costs off) ${text}`, [
      ...values,
    ])
    plans.push(plan.rows.map(row => row['QUERY PLAN']).join('\n'))
  }
  return plans.join('\n\n')
}

function block(version: string, timed: readonly Timed[], plan: string): string {
  const ms = (n: number) => n.toFixed(1)
  const lines = timed.map(
    t =>
      `| ${t.asker} | ${t.question} | ${t.total.toLocaleString('en')} | ${ms(t.p50)} | ${ms(t.p95)} | ${met(t.p95, mostMs)} |`,
  )
  return `On PostgreSQL ${version}:

| who | asks for | rows in all | p50 ms | p95 ms | ≤ ${mostMs} |
|---|---|---|---|---|---|
${lines.join('\n')}

<details><summary>The plans behind the city's list as it opens: counts, then the page</summary>

\`\`\`
${plan}
\`\`\`

</details>`
}
