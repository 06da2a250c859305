import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { factorsMarkdown } from './docs/factors.ts'
import { faultsMarkdown } from './docs/faults.ts'
import { feedsMarkdown } from './docs/feeds.ts'
import { glossaryPage } from './docs/glossary.ts'
import { modulesMarkdown } from './docs/modules.ts'
import { permissionsMarkdown } from './docs/permissions.ts'

/** Pages made from the code: never edited by hand. A test fails when one is stale. */
export async function generatedPages(root: string): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['docs/factors.md', await factorsMarkdown(root)],
    ['docs/faults.md', faultsMarkdown(path.join(root, 'src'))],
    ['docs/feeds.md', feedsMarkdown()],
    ['docs/glossary.md', glossaryPage()],
    ['docs/modules.md', modulesMarkdown(root)],
    ['docs/permissions.md', permissionsMarkdown()],
  ])
}

export function stalePages(root: string, pages: ReadonlyMap<string, string>): string[] {
  return [...pages].filter(([file, text]) => read(path.join(root, file)) !== text).map(([file]) => file)
}

export function writePages(root: string, pages: ReadonlyMap<string, string>): void {
  for (const [file, text] of pages) writeFileSync(path.join(root, file), text)
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
