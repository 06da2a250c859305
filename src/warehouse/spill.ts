import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'

/** Where one engine spills. Two engines in one folder would write each other's files. */
export interface SpillFolder {
  readonly path: string
  remove(): void
}

const folderName = /^engine-(\d+)-\d+$/
let opened = 0

/** Removes what engines of processes that have died left under `folder`. */
export function sweepSpill(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    const pid = folderName.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(path.join(folder, name), { recursive: true, force: true })
  }
}

/** A folder of this engine's own under `folder`, where nothing of the dead is left. */
export function spillFolderIn(folder: string): SpillFolder {
  mkdirSync(folder, { recursive: true })
  sweepSpill(folder)
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
