import path from 'node:path'
import { type Arriving, clearKept, fileAt, type KeptFile, keepFile } from '#sheets'
import type { Application } from './application.ts'

/** Keeps what arrives for as long as it is read. Faults file.too-large, file.broken-off, file.no-room. */
function keep(application: Application, file: Arriving): Promise<KeptFile> {
  return keepFile(file, folderOf(application))
}

function folderOf({ dataFolder }: Application): string {
  return path.join(dataFolder, 'uploads')
}

/** Files that people send, wherever they come from. */
export const uploading = {
  keep,
  at: fileAt,
  /** When a server begins: what one left that was killed. */
  clear: (application: Application) => clearKept(folderOf(application)),
} as const
