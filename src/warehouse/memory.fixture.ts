import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { openWarehouse, raw } from './index.ts'

/** Groups more than fits in the memory it is given; says what came of it, how much it held, and how much lay on the disk. */
const [, , folder = '', memory = '', groups = ''] = process.argv
const spillFolder = path.join(folder, 'spill')
const warehouse = await openWarehouse({ memoryMiBMax: Number(memory), threads: 2, spillFolder })

function spilledMiB(): number {
  const names = existsSync(spillFolder) ? readdirSync(spillFolder, { recursive: true, encoding: 'utf8' }) : []
  const bytes = names.map(n => statSync(path.join(spillFolder, n), { throwIfNoEntry: false })?.size ?? 0)
  return bytes.reduce((sum, b) => sum + b, 0) / 2 ** 20
}

let spilledMax = 0
const looking = setInterval(() => {
  spilledMax = Math.max(spilledMax, spilledMiB())
}, 20)
const startMiB = process.resourceUsage().maxRSS / 1024
const [found] = await warehouse.rows<{ n: number; rows: number }>(
  raw(`SELECT count(*) AS n, sum(c)::BIGINT AS rows FROM
    (SELECT hash(range) % ${groups} AS k, count(*) AS c, max(range) AS last, min(hash(range)) AS h FROM range(2 * ${groups}) GROUP BY k)`),
)
clearInterval(looking)
const peakMiB = process.resourceUsage().maxRSS / 1024
warehouse.close()
process.stdout.write(
  JSON.stringify({ ...found, startMiB, peakMiB, spilledMiB: spilledMax, left: spilledMiB() }),
)
