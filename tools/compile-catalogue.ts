import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { compiledCatalogue, readFactors } from '#factors'
import { plainDate } from '#kernel'
import { compiledRules, readRules } from '#rules'

const catalogueFolder = path.join(import.meta.dirname, '../catalogue')

/** The SQL that the catalogue compiles to, by file: committed, so that a review sees what a definition changes. */
export const compiledFolder = path.join(catalogueFolder, 'compiled')

export async function compiledTexts(): Promise<ReadonlyMap<string, string>> {
  const factors = await readFactors(path.join(catalogueFolder, 'factors'))
  const book = await readRules(path.join(catalogueFolder, 'rules'), factors.byId)
  const faults = [...factors.faults, ...book.faults]
  if (faults.length > 0) throw new Error(faults.map(f => f.en).join('\n'))
  const rules = compiledRules(book.rules, factors.byId, plainDate('2026-01-01'))
  return new Map([
    ['factors.sql', `${headOf(factors.factors.length, 'factors')}\n\n${compiledCatalogue(factors)}`],
    ['rules.sql', `${headOf(book.rules.length, 'rules')}\n\n${rules}`],
  ])
}

function headOf(count: number, what: string): string {
  return `-- ${count} ${what}. Written by npm run catalogue from catalogue/${what}; do not edit.`
}

if (import.meta.main) {
  await mkdir(compiledFolder, { recursive: true })
  for (const [file, text] of await compiledTexts()) {
    await writeFile(path.join(compiledFolder, file), text)
    console.log(`wrote catalogue/compiled/${file}`)
  }
}
