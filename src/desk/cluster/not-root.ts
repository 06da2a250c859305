import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { FaultError } from '#kernel'
import { rootHasNoWay } from '../faults.ts'

/**
 * The words to put before a PostgreSQL command so that it does not see itself as root and still reaches `dir` and
 * `postgres`. PostgreSQL refuses to run as root; our clone may lie under a home that no other user can enter.
 * First way: a user namespace in which root looks like an ordinary user. Second, where containers forbid namespaces:
 * an ordinary user that keeps one capability (reading past file modes). Neither: fault desk.root-has-no-way.
 */
export function asNotRoot(dir: string, postgres: string): readonly string[] {
  if (process.getuid?.() !== 0) return []
  const [uid, gid] = someOrdinaryUser()
  const owner = fs.statSync(dir)
  const first =
    owner.uid === 0
      ? ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`]
      : setpriv(owner.uid, owner.gid)
  if (works(first, dir, postgres)) return first
  if (owner.uid === 0) fs.chownSync(dir, uid, gid)
  const now = fs.statSync(dir)
  // access(2) forgets the capabilities of a non-root user unless no_setuid_fixup is set; PostgreSQL looks for its own path with it.
  const second = [
    ...setpriv(now.uid, now.gid),
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--securebits=+no_setuid_fixup',
  ]
  if (works(second, dir, postgres)) return second
  if (owner.uid === 0) fs.chownSync(dir, 0, 0)
  throw new FaultError(rootHasNoWay())
}

/** initdb wants a name for its user id: the first non-root line of /etc/passwd. */
function someOrdinaryUser(): readonly [number, number] {
  const line = /^[^:\n]*:[^:\n]*:([1-9]\d*):(\d+):/m.exec(fs.readFileSync('/etc/passwd', 'utf8'))
  if (line === null) throw new FaultError(rootHasNoWay())
  return [Number(line[1]), Number(line[2])]
}

function setpriv(uid: number, gid: number): string[] {
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
}

function works(words: readonly string[], dir: string, postgres: string): boolean {
  const [command = '', ...rest] = words
  const probe = '[ "$(id -u)" != 0 ] && [ -O "$1" ] && [ -w "$1" ] && "$2" -V'
  return spawnSync(command, [...rest, 'sh', '-c', probe, '-', dir, postgres]).status === 0
}
