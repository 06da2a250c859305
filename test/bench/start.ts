import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { writeResult } from './report.ts'

const root = path.join(import.meta.dirname, '../..')
const port = 18_777

/** How long a first start takes until its page is usable and until the city has lived its last day; and a second start. */
export async function startBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { subscribers: { type: 'string', default: '20000' } },
  })
  const home = await mkdtemp(path.join(tmpdir(), 'weiwan-bench-start-'))
  const data = path.join(home, 'data')
  const words = ['--data', data, '--port', String(port), '--subscribers', values.subscribers, '--lang', 'en']
  try {
    const first = begin(words)
    const firstPage = await untilPage(first)
    const lived = await untilSaid(first, 'has lived up to')
    await stop(first)
    const second = begin(words)
    const secondPage = await untilPage(second)
    await stop(second)
    const row = (what: string, seconds: number) => `| ${what} | ${seconds.toFixed(1)} |`
    await writeResult(
      'start',
      `## A first start

${Number(values.subscribers).toLocaleString('en')} subscribers, 106 days of history, 14 lived days, console built, on ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}.

| until | seconds |
|---|---|
${row('the first page answers', firstPage)}
${row('the city has lived its last day', lived)}
${row('the first page answers after a second start', secondPage)}
`,
    )
    console.log({ firstPage, lived, secondPage })
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

interface Run {
  readonly child: ChildProcess
  readonly began: number
  said: string
}

function begin(words: readonly string[]): Run {
  const child = spawn(path.join(root, 'weiwan'), ['start', ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const run: Run = { child, began: performance.now(), said: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', chunk => {
      run.said += String(chunk)
    })
  }
  return run
}

async function untilPage(run: Run): Promise<number> {
  for (;;) {
    const reply = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)
    if (reply?.ok) return (performance.now() - run.began) / 1_000
    if (run.child.exitCode !== null) throw new Error(`ended early:\n${run.said}`)
    await sleep(50)
  }
}

async function untilSaid(run: Run, words: string): Promise<number> {
  while (!run.said.includes(words)) {
    if (run.child.exitCode !== null) throw new Error(`ended early:\n${run.said}`)
    await sleep(100)
  }
  return (performance.now() - run.began) / 1_000
}

async function stop(run: Run): Promise<void> {
  run.child.kill('SIGTERM')
  await once(run.child, 'exit')
}
