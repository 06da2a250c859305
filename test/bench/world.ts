import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { writeResult } from './report.ts'

const main = path.join(import.meta.dirname, '../../src/main.ts')

const usage = `usage: node test/bench/main.ts world [--subscribers N] [--days D] [--folder DIR] [--no-report]

How long the simulated carrier takes for N subscribers (default 1000000) over D days (default 60), how much memory
it holds at most, and what it delivers. Written in a process of its own, under DIR.`

/** Making a city, at a size where its memory has to be bounded. */
export async function worldBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '1000000' },
      days: { type: 'string', default: '60' },
      folder: { type: 'string', default: tmpdir() },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const out = await mkdtemp(path.join(values.folder, 'weiwan-bench-world-'))
  try {
    const words = ['world', '--json', '--subscribers', values.subscribers, '--days', values.days]
    const run = await watched([main, ...words, '--out', path.join(out, 'city')])
    const text = await report(Number(values.subscribers), Number(values.days), out, run)
    console.log(text)
    if (!values['no-report']) await writeResult('world', text)
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

interface Watched {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMiB: number
}

/** Runs node to its end, reading from the kernel what it used; the last reading is at most half a second old. */
async function watched(words: readonly string[]): Promise<Watched> {
  const began = performance.now()
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  let used = { cpuSeconds: 0, peakMiB: 0 }
  while (child.exitCode === null && child.signalCode === null) {
    used = (await reading(child.pid ?? 0)) ?? used
    await Promise.race([ended, sleep(500)])
  }
  if (child.exitCode !== 0) throw new Error(`ended with ${child.exitCode ?? child.signalCode}`)
  return { seconds: (performance.now() - began) / 1_000, ...used }
}

async function reading(pid: number): Promise<{ cpuSeconds: number; peakMiB: number } | undefined> {
  const [status, line] = await Promise.all(
    ['status', 'stat'].map(name => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')),
  )
  const peak = /VmHWM:\s+(\d+) kB/.exec(status ?? '')?.[1]
  // After the name in parentheses: state is field 3 of proc(5); utime and stime are 14 and 15, in hundredths.
  const fields = (line ?? '').slice((line ?? '').lastIndexOf(')') + 2).split(' ')
  if (peak === undefined || fields.length < 13) return undefined
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100,
    peakMiB: Number(peak) / 1_024,
  }
}

async function report(subscribers: number, days: number, out: string, run: Watched): Promise<string> {
  const files = (await readdir(out, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile())
  const sizes = await Promise.all(
    files.map(async file => (await stat(path.join(file.parentPath, file.name))).size),
  )
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  return `## Making a city

${subscribers.toLocaleString('en')} subscribers, ${days} days, on ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}.

| seconds | CPU seconds | peak memory, GiB | files | size, GiB |
|---|---|---|---|---|
| ${run.seconds.toFixed(0)} | ${run.cpuSeconds.toFixed(0)} | ${(run.peakMiB / 1_024).toFixed(2)} | ${files.length} | ${(bytes / 2 ** 30).toFixed(2)} |
`
}
