import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { compiledCatalogue, readFactors } from '#factors'

/** The SQL that the catalogue of factors compiles to: committed, so that a review sees what a definition changes. */
export const compiledFile = path.join(import.meta.dirname, '../catalogue/compiled/factors.sql')

export async function compiledText(): Promise<string> {
  const catalogue = await readFactors(path.join(import.meta.dirname, '../catalogue/factors'))
  if (catalogue.faults.length > 0) throw new Error(catalogue.faults.map(f => f.en).join('\n'))
  const head = `-- ${catalogue.factors.length} factors. Written by npm run catalogue from catalogue/factors; do not edit.`
  return `${head}\n\n${compiledCatalogue(catalogue)}`
}

if (import.meta.main) {
  await mkdir(path.dirname(compiledFile), { recursive: true })
  await writeFile(compiledFile, await compiledText())
  console.log(`wrote ${path.relative(process.cwd(), compiledFile)}`)
}
