import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { FaultError } from '#kernel'
import { initFailed, startFailed } from '../faults.ts'
import { asNotRoot } from './not-root.ts'
import { isAlive, isStranger, type Postmaster, readPostmaster, socketFolder } from './postmaster.ts'

/** Shared by every process that has the desk open; exclusive for the one that stops the server. */
const openersLock = 0x7765_6977

export interface ClusterOptions {
  /** Parent of the cluster; made if missing, for its owner only. */
  readonly folder: string
  /** Name of the cluster's folder, with the PostgreSQL version in it. */
  readonly name: string
  /** Where `initdb` and `postgres` are. */
  readonly binFolder: string
  /** Extra `initdb` words that this version understands. */
  readonly initWords: readonly string[]
}

export interface OpenCluster {
  readonly config: pg.ClientConfig
  readonly pid: number
  close(): Promise<void>
}

const superuser = 'weiwan'
const startMsMax = 60_000

/**
 * A real PostgreSQL over a unix socket inside its own folder: no TCP port to be taken. Several processes share one
 * server; the last to leave stops it. A server left by a killed process is found by its pid file and used.
 */
export async function openCluster(options: ClusterOptions): Promise<OpenCluster> {
  const { dir, log } = madeCluster(options)
  let child: ChildProcess | undefined
  let starts = 0
  for (let waited = 0; waited < startMsMax; waited += 20, await sleep(20)) {
    const found = readPostmaster(dir)
    if (found && isServing(found, dir)) {
      const cluster = found.ready ? await join(found, dir) : undefined
      if (cluster) return cluster
    } else if (!isStarting(child)) {
      if (++starts > 3) break
      forgetStranger(found, dir)
      child = startServer(dir, log, options.binFolder)
    }
  }
  throw new FaultError(startFailed(log))
}

function isServing(found: Postmaster, dir: string): boolean {
  return isAlive(found.pid) && !isStranger(found.pid, dir)
}

function isStarting(child: ChildProcess | undefined): boolean {
  return child !== undefined && child.exitCode === null && child.signalCode === null
}

/** A pid file whose pid now belongs to another program would stop the server from starting. */
function forgetStranger(found: Postmaster | undefined, dir: string): void {
  if (found && found.pid === readPostmaster(dir)?.pid && isAlive(found.pid)) {
    fs.rmSync(path.join(dir, 'postmaster.pid'))
  }
}

function madeCluster(options: ClusterOptions): { readonly dir: string; readonly log: string } {
  fs.mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const home = fs.realpathSync(options.folder)
  const dir = path.join(home, options.name)
  if (!fs.existsSync(dir)) initCluster(home, dir, options)
  return { dir, log: path.join(home, 'postgres.log') }
}

/** initdb beside, then rename: a half-made cluster is never seen, and of two first starts one wins. */
function initCluster(home: string, dir: string, options: ClusterOptions): void {
  sweepHalfMade(home, options.name)
  const made = fs.mkdtempSync(path.join(home, `${options.name}.new-${process.pid}-`))
  const [command = '', ...words] = [
    ...asNotRoot(made, path.join(options.binFolder, 'postgres')),
    path.join(options.binFolder, 'initdb'),
    ...['-D', made, '-U', superuser, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-instructions'],
    ...options.initWords,
  ]
  const run = spawnSync(command, words, { env: serverEnv(), encoding: 'utf8' })
  if (run.status !== 0) {
    fs.rmSync(made, { recursive: true, force: true })
    throw new FaultError(initFailed(run.stderr ?? String(run.error)))
  }
  try {
    fs.renameSync(made, dir)
  } catch {
    fs.rmSync(made, { recursive: true, force: true })
  }
}

/** Removes what a first start that was killed left behind; the maker's pid is in the name. */
function sweepHalfMade(home: string, name: string): void {
  for (const entry of fs.readdirSync(home)) {
    const maker = new RegExp(`^${name}\\.new-(\\d+)-`).exec(entry)
    if (maker && !isAlive(Number(maker[1])))
      fs.rmSync(path.join(home, entry), { recursive: true, force: true })
  }
}

function startServer(dir: string, log: string, binFolder: string): ChildProcess {
  const postgres = path.join(binFolder, 'postgres')
  const [command = '', ...words] = [
    ...asNotRoot(dir, postgres),
    ...[postgres, '-D', dir, '-k', socketFolder(dir), '-c', 'listen_addresses='],
    ...['-c', 'max_connections=60', '-c', 'shared_buffers=128MB', '-c', 'timezone=UTC'],
  ]
  const out = fs.openSync(log, 'a', 0o600)
  // Its own session: Ctrl-C reaches us, not the server, so that we can close it in order.
  const child = spawn(command, words, { env: serverEnv(), detached: true, stdio: ['ignore', out, out] })
  child.on('error', () => {}).unref()
  fs.closeSync(out)
  return child
}

function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' }
}

/** Takes the openers' lock on a ready server; undefined when it is just going down. */
async function join(found: Postmaster, dir: string): Promise<OpenCluster | undefined> {
  const config = { host: found.host, port: found.port, user: superuser, database: 'postgres' }
  const hold = new pg.Client({ ...config, keepAlive: true })
  hold.on('error', () => {}) // the server went away; the application's pool reports it
  try {
    await hold.connect()
    const { rows } = await hold.query('select pg_try_advisory_lock_shared($1) ok, current_setting($2) dir', [
      openersLock,
      'data_directory',
    ])
    if (rows[0].ok === true && rows[0].dir === dir) {
      return { config, pid: found.pid, close: () => leave(hold, found.pid, dir) }
    }
  } catch {
    // going down: the caller looks again
  }
  await hold.end().catch(() => {})
  return undefined
}

/** The last process that leaves stops the server (fast shutdown) and waits for its end. */
async function leave(hold: pg.Client, pid: number, dir: string): Promise<void> {
  const isLast = await hold
    .query('select pg_advisory_unlock_shared($1), pg_try_advisory_lock($1) last', [openersLock])
    .then(
      r => r.rows[0].last === true,
      () => false,
    )
  if (isLast) {
    process.kill(pid, 'SIGINT')
    for (let waited = 0; waited < 30_000 && isAlive(pid) && readPostmaster(dir)?.pid === pid; waited += 10) {
      await sleep(10)
    }
  }
  await hold.end().catch(() => {})
}
