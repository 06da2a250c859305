import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    template: string
  }
}

/** One small city with its nights, made once by the real command; each test file works on a copy. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'weiwan-template-'))
  const root = path.join(import.meta.dirname, '..', '..')
  const words = [
    'start',
    '--no-serve',
    '--data',
    path.join(folder, 'data'),
    '--subscribers',
    '800',
    '--days',
    '75',
    '--lived',
    '3',
    '--seed',
    '5',
  ]
  const made = spawnSync(path.join(root, 'weiwan'), words, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: undefined },
  })
  if (made.status !== 0) throw new Error(`the template city could not be made:\n${made.stderr}`)
  project.provide('template', path.join(folder, 'data'))
  return () => rmSync(folder, { recursive: true, force: true })
}
