import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { compiledCatalogue } from '#factors'
import { plainDate } from '#kernel'
import { readCatalogue } from '../src/flows/catalogue.ts'
import { compiledRules } from '../src/rules/compiled.ts'

const catalogueFolder = path.join(import.meta.dirname, '../catalogue')

/** The SQL that the catalogue compiles to, by file: committed, so that a review sees what a definition changes. */
export const compiledFolder = path.join(catalogueFolder, 'compiled')

export async function compiledTexts(): Promise<ReadonlyMap<string, string>> {
  const { factors, rules, askable } = await readCatalogue(catalogueFolder)
  const compiled = compiledRules(rules, askable, plainDate('2026-01-01'))
  return new Map([
    ['factors.sql', `${headOf(factors.factors.length, 'factors')}\n\n${compiledCatalogue(factors)}`],
    ['rules.sql', `${headOf(rules.length, 'rules')}\n\n${compiled}`],
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
