import { openWarehouse, type Warehouse } from '#warehouse'
import { doJob, type Ground } from './jobs.ts'
import type { Heard, Told } from './messages.ts'

let ground: Ground | undefined
let engine: Promise<Warehouse> | undefined
let working: AbortController | undefined

/** Does what the parent tells, one thing at a time. */
export function takeOrders(): void {
  process.on('message', (told: Told) => {
    void hear(told)
  })
}

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
