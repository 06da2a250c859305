import fs from 'node:fs'
import path from 'node:path'
import { build } from 'vite'

const root = path.join(import.meta.dirname, '..', '..')
const built = path.join(root, 'dist', 'web')
const sources = ['web', 'src/wire', 'src/glossary', 'src/kernel', 'vite.config.ts', 'package-lock.json']

/** The folder of the built console, built first when a source is newer than what was built. */
export async function consoleFolder(onBuild: () => void): Promise<string> {
  const page = path.join(built, 'index.html')
  const made = fs.statSync(page, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (sources.some(source => newest(path.join(root, source)) > made)) {
    onBuild()
    await buildBeside()
  }
  return built
}

/** Built beside and moved into place: a build that was killed leaves no half of a console. */
async function buildBeside(): Promise<void> {
  const beside = `${built}.new-${process.pid}`
  await build({
    root: path.join(root, 'web'),
    configFile: path.join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: beside, emptyOutDir: true },
  })
  fs.rmSync(built, { recursive: true, force: true })
  fs.renameSync(beside, built)
}

function newest(place: string): number {
  const found = fs.statSync(place, { throwIfNoEntry: false })
  if (found === undefined || found.isFile()) return found?.mtimeMs ?? 0
  return Math.max(...fs.readdirSync(place).map(name => newest(path.join(place, name))), 0)
}
