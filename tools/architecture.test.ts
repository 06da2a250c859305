import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { importsOf, mayImport, sourceFiles, violations } from './architecture.ts'

const root = path.join(import.meta.dirname, '..')

test('every import in src follows the table', () => {
  expect(violations(sourceFiles(path.join(root, 'src')))).toEqual([])
})

test('every module of the table exists and has a door in package.json and a README', () => {
  const { imports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    imports: Record<string, string>
  }
  expect(Object.keys(imports).sort()).toEqual(
    Object.keys(mayImport)
      .map(m => `#${m}`)
      .sort(),
  )
  for (const module of Object.keys(mayImport)) {
    expect(readdirSync(path.join(root, 'src', module))).toEqual(
      expect.arrayContaining(['README.md', 'index.ts']),
    )
  }
})

test('nothing but its own test and the effect report reads the truth of the simulated city', () => {
  const readers = [...sourceFiles(path.join(root, 'src'))]
    .filter(([file, text]) => !file.startsWith('world/') && /['"`/]truth['"`/]/.test(text))
    .map(([file]) => file)
  expect(readers).toEqual([])
})

test('no word of the engine stands outside warehouse', () => {
  const found = [...sourceFiles(path.join(root, 'src'))]
    .filter(([file, text]) => !file.startsWith('warehouse/') && /duckdb/i.test(text))
    .map(([file]) => file)
  expect(found).toEqual([])
})

test('the console knows the server only through the wire', () => {
  const web = [...sourceFiles(path.join(root, 'web'))]
  const bad = web.flatMap(([file, text]) =>
    importsOf(file, text)
      .filter(i => i.from.startsWith('#') && !['#wire', '#kernel', '#glossary'].includes(i.from))
      .map(i => `${file}: ${i.from}`),
  )
  expect(bad).toEqual([])
})

test.each([
  [
    'an arrow that is not in the table',
    'kernel/x.ts',
    "import { sql } from '#warehouse'",
    'kernel may not import warehouse',
  ],
  [
    'a type-only arrow too',
    'allocate/x.ts',
    "import type { Task } from '#tasks'",
    'allocate may not import tasks',
  ],
  ['a side door', 'rules/x.ts', "import { a } from '../factors/lower.ts'", 'front door'],
  ['a re-export', 'tasks/x.ts', "export { a } from '#contact'", 'tasks may not import contact'],
  ['an unlisted folder', 'helpers/x.ts', '', 'not in the table'],
  ['a value where only types may pass', 'http/x.ts', "import { claim } from '#tasks'", 'only types'],
])('%s is caught', (_, file, text, why) => {
  expect(violations(new Map([[file, text]])).join()).toContain(why)
})
