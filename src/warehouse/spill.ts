import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'

/** Where one engine spills. Two engines in one folder would write each other's files. */
export interface SpillFolder {
  readonly path: string
  remove(): void
}

const folderName = /^engine-(\d+)-\d+$/
let opened = 0

/** A folder of this engine's own under `folder`; what engines of processes that have died left there is removed. */
export function spillFolderIn(folder: string): SpillFolder {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) {
    const pid = folderName.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(path.join(folder, name), { recursive: true, force: true })
  }
  opened += 1
  const own = path.resolve(folder, `engine-${process.pid}-${opened}`)
  return {
    path: own,
    remove: () => rmSync(own, { recursive: true, force: true }),
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
