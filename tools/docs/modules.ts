import { readFileSync } from 'node:fs'
import path from 'node:path'
import { mayImport } from '../architecture.ts'

/** The map of modules: each one's question from its README, and what it may import. */
export function modulesMarkdown(root: string): string {
  const rows = Object.entries(mayImport).map(([module, imports]) => {
    const page = readFileSync(path.join(root, 'src', module, 'README.md'), 'utf8')
    const question = /## The question\s+([\s\S]*?)\n\n?##/.exec(page)?.[1]?.replace(/\s+/g, ' ').trim() ?? ''
    return `| [\`${module}\`](../src/${module}/README.md) | ${question} | ${imports.join(', ') || '—'} |`
  })
  return [
    '# Modules',
    '',
    'Who answers what, and who may import whom.',
    '',
    '| module | the question | may import |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
