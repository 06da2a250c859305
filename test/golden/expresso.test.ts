import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import {
  exampleFolder,
  measureExpresso,
  report,
  usualDataFolder,
  withReport,
} from '../../tools/measure-expresso.ts'

const file = path.join(usualDataFolder, 'expresso_prepaid_58k.csv')
const isHere = existsSync(file)
if (!isHere)
  console.warn(`SKIPPED: the real carrier's file is not here (${file}); the example was not measured`)

test.skipIf(!isHere)(
  "a real carrier's file loads through its mapping, and the page tells what its rules are worth",
  async () => {
    const measurement = await measureExpresso(usualDataFolder)
    const page = readFileSync(path.join(exampleFolder, 'README.md'), 'utf8')
    expect(withReport(page, report(measurement))).toBe(page)

    // The same counts without any of our code: the file read line by line.
    const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/)
    const names = header.split(',')
    const rows = lines.map(line => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])))
    const hardlyActive = rows.filter(row => Number(row['REGULARITY']) <= 15)
    const found = measurement.rules.find(m => m.rule.id === 'hardly_active')
    expect(found?.precision.precision).toMatchObject({
      count: hardlyActive.length,
      successes: hardlyActive.filter(row => row['CHURN'] === '1').length,
    })
    expect(measurement.subscribers).toBe(rows.length)
  },
)
