import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { FaultError } from '#kernel'
import { socketNotOurs } from '../faults.ts'

/** What postmaster.pid says about a running (or dead) server of the cluster in `dir`. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly host: string
  readonly ready: boolean
}

export function readPostmaster(dir: string): Postmaster | undefined {
  try {
    const lines = fs
      .readFileSync(path.join(dir, 'postmaster.pid'), 'utf8')
      .split('\n')
      .map(s => s.trim())
    return {
      pid: Number(lines[0]),
      port: Number(lines[3]),
      host: lines[4] ?? '',
      ready: lines[7] === 'ready',
    }
  } catch {
    return undefined
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A pid taken over after a reboot: PostgreSQL works in its data folder, a stranger does not. */
export function isStranger(pid: number, dir: string): boolean {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`) !== dir
  } catch {
    return false // no /proc here: trust the pid
  }
}

/** Where the socket lies: in the cluster, or in a short private folder when the path would not fit sun_path (107 bytes). */
export function socketFolder(dir: string): string {
  if (Buffer.byteLength(dir) <= 88) return dir
  const short = `/tmp/weiwan-${createHash('sha256').update(dir).digest('hex').slice(0, 16)}`
  fs.mkdirSync(short, { recursive: true, mode: 0o700 })
  const { uid, gid } = fs.statSync(dir)
  const found = fs.lstatSync(short)
  if (process.getuid?.() === 0 && found.uid === 0) fs.chownSync(short, uid, gid)
  else if (!found.isDirectory() || found.uid !== uid) throw new FaultError(socketNotOurs())
  return short
}
