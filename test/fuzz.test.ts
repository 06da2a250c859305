import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Application, demoPassword, openApplication } from '#flows'
import { buildServer, cookieName } from '#http'
import { routes } from '#wire'
import { copyOfCity, halfPastTen } from './support/city.ts'
import {
  die,
  type Hostile,
  hostileRequest,
  type Operation,
  operationsOf,
  rawBytes,
} from './support/hostile.ts'

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31)
/** FUZZ_LOG=1 shows what the server itself says of a bug. */
const logs = process.env['FUZZ_LOG'] !== undefined
const formed = 9_000
const raw = 1_000
const atOnce = 12
/** Each session asks no more than its limit by the minute allows. */
const perSession = 1_000

let city: ReturnType<typeof copyOfCity>
let application: Application
let server: Awaited<ReturnType<typeof buildServer>>
let page: string
let port = 0

beforeAll(async () => {
  console.log(`fuzz: seed ${seed} (FUZZ_SEED=${seed} repeats it)`)
  city = copyOfCity()
  page = mkdtempSync(path.join(tmpdir(), 'weiwan-page-'))
  mkdirSync(path.join(page, 'assets'))
  writeFileSync(path.join(page, 'index.html'), '<!doctype html><title>page</title>')
  application = await openApplication({ dataFolder: city.folder, clock: halfPastTen })
  server = await buildServer(application, { consoleFolder: page, version: 'test', logs })
  await server.listen({ host: '127.0.0.1', port: 0 })
  port = (server.server.address() as net.AddressInfo).port
})
afterAll(async () => {
  await server?.close()
  await application?.close()
  city?.remove()
  if (page !== undefined) rmSync(page, { recursive: true, force: true })
})

/** What changes by being asked at all. */
const mayChange = /^governance_(session|sign_in_failure|audit|oidc_attempt)/

/** A checksum for each table of the desk. */
async function checksums(): Promise<Readonly<Record<string, string>>> {
  const { db } = application.desk
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(db)
  const sums: Record<string, string> = {}
  for (const { name } of rows.filter(row => !mayChange.test(row.name))) {
    const sum = await sql<{ sum: string }>`
      select count(*) || ':' || md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as sum
      from ${sql.table(name)} t`.execute(db)
    sums[name] = sum.rows[0]?.sum ?? ''
  }
  return sums
}

async function sessionCookie(login: string): Promise<string> {
  const reply = await server.inject({
    method: 'POST',
    url: routes.signIn.path,
    payload: { login, password: demoPassword },
  })
  const token = reply.cookies.find(c => c.name === cookieName)?.value
  if (token === undefined) throw new Error(`${login} cannot sign in: ${reply.body}`)
  return `${cookieName}=${token}`
}

interface Answer {
  readonly status: number
  readonly text: string
}

const agents = Array.from(
  { length: 8 },
  (_, i) => new http.Agent({ keepAlive: true, maxSockets: 4, localAddress: `127.0.0.${i + 1}` }),
)

/** Over the network, from one address after the other. */
function ask(given: Hostile, cookie: string, round: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: '127.0.0.1',
        port,
        agent: agents[round % agents.length] ?? false,
        method: given.method,
        path: given.url,
        headers: {
          ...given.headers,
          ...(cookie === '' ? {} : { cookie }),
          ...(given.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(given.body)) }),
        },
      },
      reply => {
        const parts: Buffer[] = []
        reply.on('data', (part: Buffer) => parts.push(part))
        reply.on('end', () =>
          resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
        )
        reply.on('error', reject)
      },
    )
    // A body that is too large is refused before it is read: the connection may end under the writer's hands.
    request.on('error', error => {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE' || code === 'ECONNRESET') resolve({ status: 413, text: '{"code":"cut"}' })
      else reject(error)
    })
    request.end(given.body)
  })
}

/** What the server says to bytes, if anything, until it hangs up or has said enough. */
function tell(bytes: Buffer): Promise<string> {
  return new Promise(resolve => {
    let heard = ''
    const socket = net.connect({ host: '127.0.0.1', port, localAddress: '127.0.0.9' })
    const end = () => {
      socket.destroy()
      resolve(heard)
    }
    socket.setTimeout(150, end)
    socket.on('data', part => {
      heard += part.toString('latin1')
    })
    socket.on('close', end)
    socket.on('error', end)
    socket.end(bytes)
  })
}

/** Words that only our own inside says: stack frames, paths, what a database complains of. */
const insides =
  /\n\s+at \S+|file:\/\/|node_modules|\.ts:\d+|violates \S+ constraint|syntax error at|invalid input syntax|pg_catalog|argon2id/

function complaintAbout(operation: Operation, given: Hostile, { status, text }: Answer): string | undefined {
  const about = `${operation.id}: ${given.method} ${given.url.slice(0, 150)} ${given.body?.slice(0, 200) ?? ''} → ${status} ${text.slice(0, 200)}`
  if (status >= 500) return about
  if (insides.test(text)) return `says too much: ${about}`
  if (status === 429) return `was not even looked at: ${about}`
  // A file is looked at and told what is wrong with it; that nothing changed is compared in the end.
  if (operation.isChange && !operation.isFile && status < 400) return `was taken: ${about}`
  if (status >= 400 && !/"code":"[a-z-]+\.?[a-z-]*"/.test(text)) return `is no fault: ${about}`
  return undefined
}

/** A hundred of the same kind are one thing to mend. */
function firstOfEachKind(complaints: readonly string[]): string[] {
  const kinds = new Map(
    complaints.map(c => [c.replace(/^([^:]*:[^:]*):?.*(→ \d+).*$/s, '$1 $2').slice(0, 60), c]),
  )
  return [...kinds.values()].sort((a, b) => Number(b.includes('→ 500')) - Number(a.includes('→ 500')))
}

/** Signing out is a change of the session alone, and would end the fuzz. */
const left = new Set(['signOut'])

test(`${formed} malformed questions to every route, and ${raw} handfuls of bytes, change and reveal nothing`, async () => {
  const before = await checksums()
  const operations = operationsOf(server.swagger()).filter(o => !left.has(o.id))
  expect(operations.length).toBeGreaterThan(30)
  const complaints: string[] = []
  const seen = new Map<number, number>()
  for (const [who, login] of ['', 'manager1', 'admin'].entries()) {
    let cookie = ''
    for (let from = 0; from < formed / 3; from += perSession) {
      cookie = login === '' ? '' : await sessionCookie(login)
      await inParallel(perSession, async i => {
        const nth = from + i
        const operation = operations[nth % operations.length] as Operation
        const given = hostileRequest(operation, die(seed + who * 1_000_003 + nth))
        const answer = await ask(given, cookie, Math.floor(nth / operations.length))
        seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1)
        const complaint = complaintAbout(operation, given, answer)
        if (complaint !== undefined) complaints.push(complaint)
      })
    }
  }
  const cookie = await sessionCookie('admin')
  await inParallel(raw, async i => {
    const heard = await tell(rawBytes(cookie, die(seed + 7_000_003 + i)))
    for (const [line, status] of heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)) {
      seen.set(Number(status), (seen.get(Number(status)) ?? 0) + 1)
      if (status === '500' || insides.test(heard))
        complaints.push(`bytes ${i}: ${line} ${heard.slice(0, 400)}`)
    }
  })
  console.log(`fuzz: statuses ${JSON.stringify(Object.fromEntries([...seen].sort(([a], [b]) => a - b)))}`)
  expect(firstOfEachKind(complaints).slice(0, 20)).toEqual([])
  expect(await checksums()).toEqual(before)
  expect((await server.inject({ url: routes.health.path })).statusCode).toBe(200)
  for (const agent of agents) agent.destroy()
})

async function inParallel(count: number, work: (i: number) => Promise<void>): Promise<void> {
  let next = 0
  const hand = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, hand))
}
