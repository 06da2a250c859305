import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '..')
const skip = /(^|\/)(node_modules|dist|data|\.git)(\/|$)/

function filesUnder(...folders: readonly string[]): string[] {
  return folders.flatMap(folder =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map(name => path.posix.join(folder, name))
      .filter(name => !skip.test(name) && statSync(path.join(root, name)).isFile()),
  )
}
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const code = filesUnder('src', 'web', 'test', 'tools').filter(f => /\.tsx?$/.test(f))
const isTest = (f: string) => f.endsWith('.test.ts') || f.endsWith('.test.tsx') || f.startsWith('test/')

test('files stay small: 300 lines, tests 500', () => {
  const long = code
    .map(f => ({ f, lines: read(f).split('\n').length }))
    .filter(({ f, lines }) => lines > (isTest(f) ? 501 : 301))
  expect(long).toEqual([])
})

/** Every story has its name at the door of flows; everything that touches rows or files comes through warehouse. */
const widerDoors: Readonly<Record<string, number>> = {
  'src/flows/index.ts': 60,
  'src/governance/index.ts': 60,
  'src/ingest/index.ts': 25,
  'src/kernel/index.ts': 25,
  'src/rules/index.ts': 30,
  'src/tasks/index.ts': 25,
  'src/warehouse/index.ts': 30,
}
const valuesMax = (door: string) => widerDoors[door] ?? 20

test('a door has at most 20 values (seven are wider) and lists its names', () => {
  for (const door of code.filter(f => /^src\/[a-z]+\/index\.ts$/.test(f))) {
    const { module } = parseSync(door, read(door))
    const entries = module.staticExports.flatMap(e => e.entries)
    expect(
      entries.filter(e => e.exportName.kind === 'None'),
      `${door} re-exports everything`,
    ).toEqual([])
    const values = entries.filter(e => !e.isType)
    expect(values.length, `${door} is too wide`).toBeLessThanOrEqual(valuesMax(door))
  }
})

test('no drawer is called helpers, common, services or managers', () => {
  const drawers = code.filter(f => /(^|\/)(utils?|helpers?|common|services?|managers?|misc)(\.ts|\/)/.test(f))
  expect(drawers).toEqual([])
})

test('nothing below flows reads a clock or throws a die', () => {
  const above = /^src\/(flows|http|cli|main)/
  const clocks = code
    .filter(f => f.startsWith('src/') && !isTest(f) && !above.test(f) && f !== 'src/kernel/clock.ts')
    .filter(f => /new Date\(\)|Date\.now\(\)|Math\.random\(\)|Temporal\.Now/.test(read(f)))
  expect(clocks).toEqual([])
})

test('nothing is left for later', () => {
  const left = [...code, ...filesUnder('catalogue', 'docs')].filter(
    f => f !== 'tools/tidy.test.ts' && /\b(TODO|FIXME|XXX|HACK)\b/.test(read(f)),
  )
  expect(left).toEqual([])
})

test('module pages are short and answer the same five questions', () => {
  const headings = ['## The question', '## The words', '## The rules', '## Not here', '## Start reading at']
  for (const page of filesUnder('src').filter(f => /^src\/[a-z]+\/README\.md$/.test(f))) {
    const text = read(page)
    expect(text.split('\n').length, page).toBeLessThanOrEqual(61)
    for (const heading of headings) expect(text, `${page} lacks "${heading}"`).toContain(heading)
  }
})

test('decision records have numbers of their own', () => {
  const numbers = filesUnder('docs/decisions').map(f => path.basename(f).slice(0, 4))
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('the two READMEs are twins: same headings and the same commands', () => {
  const shape = (f: string) => {
    const text = read(f)
    return {
      headings: [...text.matchAll(/^(#+) /gm)].map(m => m[1]),
      commands: [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(m => m[1]?.replace(/\s*#.*$/gm, '')),
    }
  }
  expect(shape('README.zh-CN.md')).toEqual(shape('README.md'))
})

test('every dependency has a line that says what it saves us from writing', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json'))
  const page = read('docs/dependencies.md')
  const missing = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
    d => !page.includes(`\`${d}\``),
  )
  expect(missing).toEqual([])
})
