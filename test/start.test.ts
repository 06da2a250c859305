import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { copyOfCity } from './support/city.ts'

/** Closing the console and its PostgreSQL. */
const closingMsMax = 1_500
const root = path.join(import.meta.dirname, '..')
let city: ReturnType<typeof copyOfCity>
let squatter: Server | undefined
const running: ChildProcess[] = []

beforeAll(() => {
  city = copyOfCity()
})
afterEach(async () => {
  squatter?.close()
  squatter = undefined
  for (const child of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
})
afterAll(() => {
  // A server that a killed process left is stopped by the next to leave.
  spawnSync(path.join(root, 'weiwan'), ['rule', 'list', '--data', city.folder], { cwd: root })
  city.remove()
})

function start(folder: string, ...more: string[]): ChildProcess {
  const words = ['start', '--data', folder, '--lived', '3', '--json', ...more]
  const child = spawn(path.join(root, 'weiwan'), words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  return child
}

interface Told {
  readonly url: string
}

function ready(child: ChildProcess): Promise<Told> {
  let out = ''
  let notes = ''
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', chunk => {
      notes += String(chunk)
    })
    child.stdout?.on('data', chunk => {
      out += String(chunk)
      if (out.trimEnd().endsWith('}')) resolve(JSON.parse(out) as Told)
    })
    child.once('exit', code => reject(new Error(`ended with ${code}: ${notes}`)))
  })
}

async function faultsOf(child: ChildProcess): Promise<{ code: number | null; faults: string[] }> {
  let notes = ''
  child.stderr?.on('data', chunk => {
    notes += String(chunk)
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  const line = notes.split('\n').find(l => l.startsWith('{"faults"')) ?? '{"faults":[]}'
  return { code, faults: (JSON.parse(line) as { faults: { code: string }[] }).faults.map(f => f.code) }
}

async function takePort(port: number): Promise<number> {
  const server = createServer()
  squatter = server
  server.listen(port, '127.0.0.1')
  await once(server, 'listening').catch(() => {})
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

function serversOf(folder: string): string[] {
  return execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.includes(path.join(folder, 'pg18')) && line.includes('postgres -D'))
}

test('a port that was asked for and is taken is a fault; the usual one makes way for another', async () => {
  const port = await takePort(0)
  expect(await faultsOf(start(city.folder, '--port', String(port)))).toEqual({
    code: 1,
    faults: ['http.port-taken'],
  })
  squatter?.close()
  await takePort(8080)
  const { url } = await ready(start(city.folder))
  expect(new URL(url).port).not.toBe('8080')
  expect((await fetch(`${url}/api/health`)).status).toBe(200)
})

test('two clones serve at the same time; one folder is served by one process', async () => {
  const second = copyOfCity()
  const [one, two] = await Promise.all([
    ready(start(city.folder, '--port', '0')),
    ready(start(second.folder, '--port', '0')),
  ])
  expect(one.url).not.toBe(two.url)
  expect(await faultsOf(start(city.folder, '--port', '0'))).toEqual({
    code: 1,
    faults: ['start.already-running'],
  })
  expect((await fetch(`${one.url}/api/health`)).status).toBe(200)
  for (const child of running.slice(0, 2)) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  expect(serversOf(second.folder)).toEqual([])
  second.remove()
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s stops it in order: exit 0, no server and no lock left',
  async signal => {
    const child = start(city.folder, '--port', '0')
    await ready(child)
    child.kill(signal)
    child.kill(signal)
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    expect(serversOf(city.folder)).toEqual([])
    expect(existsSync(path.join(city.folder, 'pg18', 'postmaster.pid'))).toBe(false)
  },
)

test('asked to stop while the city lives, it leaves within two seconds, whatever the day is at', async () => {
  const living = copyOfCity()
  for (const moment of [200, 900, 1_700, 2_600]) {
    const child = start(living.folder, '--port', '0', '--lived', '60')
    await ready(child)
    await sleep(moment)
    const asked = performance.now()
    child.kill('SIGINT')
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    expect(performance.now() - asked).toBeLessThan(2_000 + closingMsMax)
  }
  expect(serversOf(living.folder)).toEqual([])
  living.remove()
})

test('npm passes the signal on: nothing is left when npm start is stopped', async () => {
  const child = spawn(
    'npm',
    ['start', '--silent', '--', '--data', city.folder, '--lived', '3', '--port', '0', '--json'],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  running.push(child)
  await ready(child)
  child.kill('SIGTERM')
  await once(child, 'exit')
  for (let waited = 0; waited < 10_000 && serversOf(city.folder).length > 0; waited += 100) await sleep(100)
  expect(serversOf(city.folder)).toEqual([])
})

test('after kill -9 the next start finds the server that was left, serves, and stops it on leaving', async () => {
  const killed = start(city.folder, '--port', '0')
  await ready(killed)
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const again = start(city.folder, '--port', '0')
  const { url } = await ready(again)
  expect((await fetch(`${url}/api/health`)).status).toBe(200)
  again.kill('SIGTERM')
  await once(again, 'exit')
  expect(serversOf(city.folder)).toEqual([])
})

test('the log of a served folder names no number and no customer', () => {
  const log = readFileSync(path.join(city.folder, 'postgres.log'), 'utf8')
  expect(/\b1[3-9]\d{9}\b/.test(log)).toBe(false)
})
