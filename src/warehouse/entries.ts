import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs'
import path from 'node:path'

/** Entries as read before. An entry never changes; one written anew under an old name is another file. */
const known = new Map<string, { readonly file: Stats; readonly content: unknown }>()

/**
 * The content of every entry of a folder whose name is like `named`. A night asks hundreds of times for folders of a hundred entries: only those that are new are
 * opened, and the calls do not wait for their turn among the engine's.
 */
export function entriesIn(folder: string, named: RegExp): unknown[] {
  return namesIn(folder)
    .filter(name => named.test(name))
    .flatMap(name => entryAt(path.join(folder, name)))
}

/** To be called by whoever writes or removes an entry here: times of files are too coarse for what follows at once. */
export function forgetEntry(at: string): void {
  known.delete(at)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Nothing when it was dropped meanwhile. */
function entryAt(at: string): readonly unknown[] {
  const file = statSync(at, { throwIfNoEntry: false })
  const before = known.get(at)
  if (file !== undefined && before !== undefined && isSame(file, before.file)) return [before.content]
  known.delete(at)
  if (file === undefined) return []
  const content: unknown = JSON.parse(readFileSync(at, 'utf8'))
  known.set(at, { file, content })
  return [content]
}

function isSame(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.size === b.size
}
