import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { parseMapping, readMapping } from './mapping.ts'
import { findFiles, patternFault } from './path-pattern.ts'

/** Each fault as '<line> <place>'. */
function faultsOf(text: string): readonly string[] {
  const read = parseMapping(text)
  return read.ok ? [] : read.faults.map(f => `${f.at?.['line']} ${f.at?.['where'] ?? f.code}`)
}

test('the examples are mappings without faults', async () => {
  for (const example of ['carrier', 'expresso']) {
    const file = path.join(import.meta.dirname, '../../examples', example, 'mapping.yaml')
    const read = await readMapping(file)
    expect([example, read.ok ? [] : read.faults]).toEqual([example, []])
  }
})

const wrong = `carrier: X
time_zone: Mars/Olympus
feeds:
  recharge:
    source: csv
    path: pay/{day}.csv
    delimiter: ';;'
    columns:
      recharge_id: SN
  visit:
    source: csv
    path: ../visits/{week}.csv
    header: [ID, SUB, ON]
    columns:
      visit_id: ID
      subscriber_id: { column: SUB, constant: B }
      visited_on: { column: ON, format: '%Q' }
      way: { column: HOW, codes: { '1': pigeon } }
      reached: { column: ON, unit: min, colour: red }
      colour: ID
  warning:
    source: csv
    path: w/{day}.csv
    columns: same
  balance:
    source: carrier pigeon
`

test('every fault of a file is told at once, with its line, in both languages', () => {
  expect(faultsOf(wrong)).toEqual([
    '2 time_zone',
    '7 feeds.recharge.delimiter',
    '12 feeds.visit.path',
    '16 feeds.visit.columns.subscriber_id',
    '17 feeds.visit.columns.visited_on.format',
    '18 feeds.visit.columns.way.codes',
    '18 feeds.visit.columns.way',
    '19 feeds.visit.columns.reached.colour',
    '20 feeds.visit.columns.colour',
    '21 feeds.warning',
    '26 feeds.balance.source',
  ])
  const read = parseMapping(wrong)
  for (const fault of read.ok ? [] : read.faults) expect(fault.zh).toMatch(/[\u4e00-\u9fff]/)
})

test('a column that may not be missing must be mapped', () => {
  const text = wrong
    .slice(0, wrong.indexOf('  visit:'))
    .replace('Mars/Olympus', 'Asia/Shanghai')
    .replace("    delimiter: ';;'\n", '')
  expect(faultsOf(text)).toEqual([
    '7 feeds.recharge.columns.subscriber_id',
    '7 feeds.recharge.columns.paid_at',
    '7 feeds.recharge.columns.amount',
    '7 feeds.recharge.columns.way',
  ])
})

test('what is no YAML, and words that mean nothing here, are told by line', () => {
  expect(faultsOf('carrier: X\nfeeds: [')).toEqual(['2 mapping.syntax'])
  expect(faultsOf('carrier: X\nspeed: 9\ntime_zone: UTC\n')).toEqual(['1 feeds', '2 speed'])
})

test('a mapping file that is not there is a fault', async () => {
  const read = await readMapping('/nowhere/mapping.yaml')
  expect(read.ok ? '' : read.faults[0]?.code).toBe('mapping.unreadable')
})

test('files are found by their days, written either way, and months belong to the day after them', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'weiwan-files-'))
  await mkdir(path.join(folder, 'a/2026-03-02'), { recursive: true })
  const names = [
    'a/x_20260302.txt',
    'a/x_2026-03-01.txt',
    'a/x_20260230.txt',
    'a/x_20260303.txt.control.json',
    'a/202602.csv',
  ]
  for (const name of [...names, 'a/2026-03-02/f.csv', 'a/2026-03-01_2026-03-09.csv']) {
    await writeFile(path.join(folder, name), '')
  }
  const found = async (pattern: string, kind: 'event' | 'month') =>
    (await findFiles(folder, pattern, kind, undefined)).map(f => [
      path.relative(folder, f.file),
      f.span.from,
      f.span.to,
    ])
  expect(await found('a/x_{day}.txt', 'event')).toEqual([
    ['a/x_2026-03-01.txt', '2026-03-01', '2026-03-02'],
    ['a/x_20260302.txt', '2026-03-02', '2026-03-03'],
  ])
  expect(await found('a/{day}/f.csv', 'event')).toEqual([['a/2026-03-02/f.csv', '2026-03-02', '2026-03-03']])
  expect(await found('a/{from}_{to}.csv', 'event')).toEqual([
    ['a/2026-03-01_2026-03-09.csv', '2026-03-01', '2026-03-09'],
  ])
  expect(await found('a/{month}.csv', 'month')).toEqual([['a/202602.csv', '2026-03-01', '2026-03-02']])
  expect(await found('a/{month}.csv', 'event')).toEqual([['a/202602.csv', '2026-02-01', '2026-03-01']])
  await rm(folder, { recursive: true })
})

test('a path must name its days once, and stay in its folder', () => {
  const isWrong = (pattern: string, hasSpan: boolean) => patternFault(pattern, hasSpan, 'event') !== undefined
  expect(['a/{day}.csv', '{from}/{to}.csv', '{month}.csv'].map(p => isWrong(p, false))).toEqual([
    false,
    false,
    false,
  ])
  expect(
    ['a.csv', '{from}.csv', '{week}.csv', '/etc/{day}', 'a/../../{day}'].map(p => isWrong(p, false)),
  ).not.toContain(false)
  expect([isWrong('a.csv', true), isWrong('{day}.csv', true)]).toEqual([false, true])
})
