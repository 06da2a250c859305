import { setPriority } from 'node:os'
import { openWarehouse, type Warehouse } from '#warehouse'
import { doJob, type Ground } from './jobs.ts'
import type { Heard, Told } from './messages.ts'

/**
 * The process that does heavy work: it does what its parent tells it, one thing at a time, behind whoever is waiting for
 * a page. It ends with its parent, however that ends: the channel between them closes.
 */
const niceness = 10
let ground: Ground | undefined
let engine: Promise<Warehouse> | undefined
let working: AbortController | undefined

// Before the engine makes its threads: they inherit it.
setPriority(niceness)
// A terminal sends its signals to every process in it; what they mean for the work, the parent decides.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
// Leaving in order would wait for the statement that is running. What is on the shelf is whole at any moment.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.on('message', (told: Told) => {
  void hear(told)
})

async function hear(told: Told): Promise<void> {
  switch (told.say) {
    case 'begin':
      ground = told.ground
      engine = openWarehouse(told.engine)
      return
    case 'do':
      tell(await work(told).catch(bug))
      return
    case 'stop':
      working?.abort()
  }
}

async function work({ job, order }: Told & { say: 'do' }): Promise<Heard> {
  if (ground === undefined || engine === undefined) throw new TypeError('told to work before the beginning')
  working = new AbortController()
  const result = await doJob(ground, await engine, job, order, {
    signal: working.signal,
    onProgress: progress => tell({ say: 'progress', progress }),
  })
  return result.ok ? { say: 'done', answer: result.value } : { say: 'fault', fault: result.fault }
}

function bug(error: unknown): Heard {
  const known = error instanceof Error ? error : new Error(String(error))
  return { say: 'bug', message: known.message, stack: known.stack }
}

function tell(heard: Heard): void {
  if (process.connected) process.send?.(heard)
}
