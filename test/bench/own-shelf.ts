import { link, mkdir, readdir, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import type { Shelf } from '#warehouse'

const shared = ['feed', 'key']

/** A new shelf at `root` that shares the deliveries of another and keeps what is made of them to itself. */
export async function ownShelf(root: string, deliveries: Shelf): Promise<Shelf> {
  await rm(root, { recursive: true, force: true })
  await mkdir(root, { recursive: true })
  for (const name of shared) await symlink(path.join(deliveries.root, name), path.join(root, name))
  return { root }
}

/** A new shelf that begins as another stands: files are never written in place, so they can be shared by links. */
export async function linkedShelf(root: string, like: string): Promise<Shelf> {
  await ownShelf(root, { root: like })
  for (const entry of await readdir(like, { recursive: true, withFileTypes: true })) {
    const name = path.relative(like, path.join(entry.parentPath, entry.name))
    if (shared.some(s => name === s || name.startsWith(`${s}/`))) continue
    if (entry.isDirectory()) await mkdir(path.join(root, name), { recursive: true })
    if (entry.isFile()) {
      await mkdir(path.dirname(path.join(root, name)), { recursive: true })
      await link(path.join(like, name), path.join(root, name))
    }
  }
  return { root }
}
