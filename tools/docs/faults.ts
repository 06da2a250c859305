import { parseSync } from 'oxc-parser'
import { sourceFiles } from '../architecture.ts'

export interface FaultEntry {
  readonly code: string
  readonly en: string
  readonly zh: string
  readonly file: string
}

interface Node {
  readonly type: string
  readonly [name: string]: unknown
}

/** Every fault written in src: an object literal with `code`, `en` and `zh`, the code being noun.problem. Holes show as {…}. */
export function faultEntries(root: string): FaultEntry[] {
  const found: FaultEntry[] = []
  for (const [file, text] of sourceFiles(root)) {
    if (file.endsWith('.test.ts') || file.endsWith('.fixture.ts')) continue
    visit(parseSync(file, text).program as unknown as Node, node => {
      const entry = node.type === 'ObjectExpression' ? entryOf(node, file) : undefined
      if (entry !== undefined) found.push(entry)
    })
  }
  return found.sort((a, b) => (a.code < b.code ? -1 : 1))
}

function entryOf(node: Node, file: string): FaultEntry | undefined {
  const texts = new Map<string, string>()
  for (const property of node['properties'] as Node[]) {
    const key = property['key'] as Node | undefined
    const name = key?.['name']
    const value = property['value'] as Node | undefined
    if (typeof name === 'string' && value !== undefined) texts.set(name, textOf(value))
  }
  const [code, en, zh] = [texts.get('code'), texts.get('en'), texts.get('zh')]
  if (code === undefined || en === undefined || zh === undefined || !/^[a-z-]+\.[a-z-]+$/.test(code))
    return undefined
  return { code, en, zh, file }
}

function textOf(node: Node): string {
  if (node.type === 'Literal') return String(node['value'])
  if (node.type === 'TSAsExpression') return textOf(node['expression'] as Node)
  if (node.type !== 'TemplateLiteral') return '{…}'
  const quasis = node['quasis'] as { value: { cooked: string } }[]
  return quasis.map(q => q.value.cooked).join('{…}')
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && typeof (child as Node).type === 'string')
        visit(child as Node, see)
    }
  }
}

export function faultsMarkdown(root: string): string {
  const rows = faultEntries(root).map(
    f => `| \`${f.code}\` | ${cell(f.en)} | ${cell(f.zh)} | ${f.file.split('/')[0]} |`,
  )
  return [
    '# Faults',
    '',
    'What a person can act on. Codes are stable.',
    '',
    '| code | English | 中文 | module |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
