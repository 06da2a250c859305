import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { machine, met } from './apart.ts'
import { mornings } from './night-span.ts'
import { measure, prepare } from './nights.ts'
import { ownShelf } from './own-shelf.ts'
import { writeResult } from './report.ts'
import { shapeFeeds, shapeYaml } from './shape-catalogue.ts'

const usage = `usage: node test/bench/main.ts shape [--subscribers N] [--factors F] [--rounds R] [--folder DIR] [--no-report]

The shape of a failure known from elsewhere: N rows (default 17000) of F factors (default 1000) from ten feeds, as of one
morning, which took another system 30 minutes and 50 GB. The definitions are generated and go through the ordinary compiler;
everything is folded from raw rows. The best of R rounds (default 3), each in a process of its own.`

const secondsMax = 10
const peakGiBMax = 2

/** Many factors for few subscribers: what planning and joining cost. */
export async function shapeBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '17000' },
      factors: { type: 'string', default: '1000' },
      rounds: { type: 'string', default: '3' },
      folder: { type: 'string' },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const ground = await prepare(Number(values.subscribers), 1400, values.folder)
  const [morning] = mornings(1)
  if (morning === undefined) throw new RangeError('no morning')
  const catalogue = path.join(ground.folder, 'shape-catalogue')
  await mkdir(catalogue, { recursive: true })
  await writeFile(path.join(catalogue, 'shape.yaml'), shapeYaml(Number(values.factors)))
  const runs = []
  for (let round = 0; round < Number(values.rounds); round++) {
    const { root } = await ownShelf(path.join(ground.folder, 'shape'), ground.shelf)
    runs.push(await measure(ground, { root, morning, incremental: false, catalogue }))
    await rm(root, { recursive: true, force: true })
  }
  const [best] = runs.toSorted((a, b) => a.seconds - b.seconds)
  if (best === undefined) throw new RangeError('at least one round')
  const peak = Math.max(...runs.map(r => r.peakMiB)) / 1024
  const text = `## Many factors for few subscribers

${best.rows.toLocaleString('en')} rows of ${ground.subscribers.toLocaleString('en')} subscribers × ${best.factors.toLocaleString('en')} generated factors (${best.off} off) from ${shapeFeeds.length} feeds, as of one morning, from raw rows
(${ground.events.toLocaleString('en')} usage events in 60 days) to the wide table; best of ${runs.length} rounds, CPU ${best.cpuSeconds.toFixed(1)} s, on ${machine()}. The same shape took
another system 30 minutes and 50 GB.

| what | found | target | |
|---|---|---|---|
| seconds | ${best.seconds.toFixed(1)} | ≤ ${secondsMax} | ${met(best.seconds, secondsMax)} |
| peak memory, GiB | ${peak.toFixed(2)} | ≤ ${peakGiBMax} | ${met(peak, peakGiBMax)} |
`
  console.log(text)
  if (!values['no-report']) await writeResult('shape', text)
}
