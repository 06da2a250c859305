import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpus, totalmem } from 'node:os'

/** What a run took, in a process of its own: its memory is its own, and nothing is warm but the files. */
export interface Used {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMiB: number
}

/** Runs a script with words; what it says last is its result, as one line of JSON. */
export async function runApart<T>(script: string, words: readonly string[]): Promise<T> {
  const child = spawn(process.execPath, [script, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString()
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${script} ${words.join(' ')} ended with ${code}`)
  return JSON.parse(text.trim().split('\n').at(-1) ?? '') as T
}

/** Does the work and says what it took; the memory is the most that the process ever held. */
export async function used<T>(work: () => Promise<T>): Promise<{ readonly used: Used; readonly result: T }> {
  const [cpu, start] = [process.cpuUsage(), performance.now()]
  const result = await work()
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const peakMiB = process.resourceUsage().maxRSS / 1024
  return { used: { seconds, cpuSeconds: (user + system) / 1e6, peakMiB }, result }
}

export function machine(): string {
  return `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`
}

/** "met" or "not met", as a cell of a table. */
export function met(value: number, most: number): string {
  return value <= most ? 'met' : '**not met**'
}
