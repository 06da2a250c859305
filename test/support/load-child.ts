import { loadFeeds, readMapping } from '#ingest'
import { plainDate } from '#kernel'
import { openWarehouse, sweepParts } from '#warehouse'

/** Loads what waits, in a process of its own that a test may kill or starve. Prints one line per delivery. */
const [folder = '', data = '', asOf = ''] = process.argv.slice(2)
const mapping = await readMapping(`${folder}/mapping.yaml`)
if (!mapping.ok) throw new Error(mapping.faults.map(f => f.en).join('\n'))
const root = `${data}/warehouse`
await sweepParts(root)
const warehouse = await openWarehouse({ memoryMiBMax: 512, threads: 1, spillFolder: `${data}/spill` })
const target = { warehouse, shelf: { root }, workFolder: `${data}/work`, environment: {} }
console.log('ready')
for (const o of await loadFeeds(target, mapping.value, folder, plainDate(asOf))) {
  console.log(o.state === 'refused' ? `${o.feed} ${o.fault.code}` : `${o.report.feed} ${o.state}`)
}
warehouse.close()
