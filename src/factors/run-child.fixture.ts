import path from 'node:path'
import { plainDate } from '#kernel'
import { openWarehouse } from '#warehouse'
import { readFactors } from './catalogue.ts'
import { runFactors } from './run.ts'

/** One run in a process of its own, to be killed: `node <this> <shelf> <day> <catalogue folder>`. */
export const runChild = import.meta.filename

if (import.meta.main) {
  const [root = '', day = '', catalogueFolder = ''] = process.argv.slice(2)
  const warehouse = await openWarehouse({
    memoryMiBMax: 512,
    threads: 2,
    spillFolder: path.join(root, 'spill'),
  })
  const catalogue = await readFactors(catalogueFolder)
  process.stdout.write('begins\n')
  await runFactors(warehouse, { shelf: { root } }, catalogue, plainDate(day))
  warehouse.close()
}
