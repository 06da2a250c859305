import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'oxc-parser'

/** The modules whose answers `http` and `cli` serve. */
const served = [
  'desk',
  'sheets',
  'lists',
  'tasks',
  'contact',
  'rules',
  'segments',
  'factors',
  'ingest',
  'evaluate',
  'policy',
  'warnings',
]

/** Who may import whom: a module imports only what its row names. Types count. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  glossary: [],
  wire: ['kernel', 'glossary'],
  warehouse: ['kernel'],
  desk: ['kernel'],
  sheets: ['kernel'],
  governance: ['kernel', 'desk'],
  world: ['kernel', 'warehouse'],
  ingest: ['kernel', 'warehouse', 'desk'],
  factors: ['kernel', 'warehouse', 'desk', 'ingest'],
  rules: ['kernel', 'warehouse', 'desk', 'factors'],
  segments: ['kernel', 'warehouse', 'desk', 'factors', 'rules'],
  care: ['kernel', 'warehouse', 'rules'],
  warnings: ['kernel', 'warehouse', 'desk', 'rules'],
  policy: ['kernel', 'warehouse', 'desk', 'rules'],
  campaigns: ['kernel', 'warehouse', 'desk', 'rules'],
  allocate: ['kernel'],
  lists: ['kernel', 'desk'],
  tasks: ['kernel', 'desk'],
  contact: ['kernel', 'desk', 'rules'],
  evaluate: ['kernel', 'warehouse', 'desk', 'rules'],
  flows: [
    'kernel',
    'glossary',
    'warehouse',
    'desk',
    'sheets',
    'governance',
    'world',
    'ingest',
    'factors',
    'rules',
    'segments',
    'care',
    'warnings',
    'policy',
    'campaigns',
    'allocate',
    'lists',
    'tasks',
    'contact',
    'evaluate',
  ],
  http: ['kernel', 'glossary', 'wire', 'governance', 'flows', ...served],
  cli: ['kernel', 'glossary', 'wire', 'governance', 'flows', 'world', ...served],
}

/** Modules that may take only types from the modules they serve; values come from flows, wire and governance. */
const typesOnlyFrom: Readonly<Record<string, readonly string[]>> = {
  http: served,
  cli: ['world', ...served],
}

export interface Import {
  readonly file: string
  readonly from: string
  readonly isTypeOnly: boolean
}

/** Every import and re-export of a source text, types included. */
export function importsOf(file: string, text: string): Import[] {
  const { module } = parseSync(file, text)
  const imports = module.staticImports.map(i => ({
    file,
    from: i.moduleRequest.value,
    isTypeOnly: i.entries.length > 0 && i.entries.every(e => e.isType),
  }))
  const exports = module.staticExports.flatMap(e =>
    e.entries.flatMap(x =>
      x.moduleRequest ? [{ file, from: x.moduleRequest.value, isTypeOnly: x.isType }] : [],
    ),
  )
  return [...imports, ...exports]
}

/** What breaks the table: one sentence each. `files` maps paths relative to src/ to their text. */
export function violations(files: ReadonlyMap<string, string>): string[] {
  const found: string[] = []
  for (const [file, text] of files) {
    const [home = ''] = file.split('/')
    if (file === 'main.ts') continue
    if (!(home in mayImport)) found.push(`${file}: the folder ${home} is not in the table`)
    for (const i of importsOf(file, text)) {
      const why = complaint(home, i)
      if (why !== undefined) found.push(`${file}: ${why}`)
    }
  }
  return found
}

/** Tests and what only they use (`*.fixture.ts`) may come in by any door. */
function isTest(file: string): boolean {
  return /\.(test|fixture)\.ts$/.test(file)
}

function complaint(home: string, found: Import): string | undefined {
  if (found.from.startsWith('.')) return neighbourComplaint(home, found)
  return found.from.startsWith('#') ? doorComplaint(home, found) : undefined
}

function neighbourComplaint(home: string, { file, from }: Import): string | undefined {
  const fromTest = isTest(file)
  const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), from))
  if (fromTest && target.startsWith('../test/support/')) return undefined
  if (target === `${home}/index.ts` && !fromTest) return 'a module does not use its own door'
  return target.startsWith(`${home}/`)
    ? undefined
    : `"${from}" leaves the module: the only way in is the front door`
}

function doorComplaint(home: string, { file, from, isTypeOnly }: Import): string | undefined {
  const target = from.slice(1)
  if (target.includes('/')) return `"${from}" is not a door`
  if (isTest(file)) return undefined
  if (target === home) return 'a module does not use its own door'
  if (!(mayImport[home] ?? []).includes(target)) return `${home} may not import ${target}`
  if ((typesOnlyFrom[home] ?? []).includes(target) && !isTypeOnly) {
    return `${home} may take only types from ${target}`
  }
  return undefined
}

export function sourceFiles(root: string): Map<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(n => n.endsWith('.ts'))
    .sort()
  return new Map(names.map(n => [n.replaceAll(path.sep, '/'), readFileSync(path.join(root, n), 'utf8')]))
}
