import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { err, ok, type Result } from '#kernel'
import { sweepSpill, type WarehouseOptions } from '#warehouse'
import { workDied, workStopped } from '../faults.ts'
import type { Answer, Attending, Ground, JobId, Order } from './jobs.ts'
import type { Heard, Told } from './messages.ts'
import type { Workshop } from './workshop.ts'

const entry = fileURLToPath(new URL('./child-entry.ts', import.meta.url))
/** How long work that was asked to stop may take before it is ended. */
const stopWithinMs = 1_000

/**
 * A workshop in a process of its own, begun with the first work and kept for the next: a process costs most of a second,
 * a city lives many nights. When it dies, the work in hand is a fault and the next work begins another.
 */
export function childWorkshop(ground: Ground, engine: WarehouseOptions): Workshop {
  let child: ChildProcess | undefined
  let last: Promise<unknown> = Promise.resolve()
  const ready = (): ChildProcess => {
    if (child === undefined) {
      const begun = beginChild({ say: 'begin', ground, engine })
      child = begun
      begun.once('exit', () => {
        if (child === begun) child = undefined
        sweepSpill(engine.spillFolder)
      })
    }
    return child
  }
  return {
    get pid() {
      return child?.pid
    },
    warm() {
      ready()
    },
    do(job, order, attending = {}) {
      const done = last.then(() => workOf(ready(), job, order, attending, engine.memoryMiBMax))
      last = done.catch(() => {})
      return done
    },
    async close() {
      if (child === undefined) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

function beginChild(begin: Told): ChildProcess {
  const child = fork(entry, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  tell(child, begin)
  rest(child)
  return child
}

/** A child without work keeps nobody from leaving. */
function rest(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
}

function tell(child: ChildProcess, told: Told): void {
  // It may have died meanwhile: then its end says so.
  child.send(told, () => {})
}

async function workOf<J extends JobId>(
  child: ChildProcess,
  job: J,
  order: Order<J>,
  { onProgress, signal }: Attending,
  memoryMiB: number,
): Promise<Result<Answer<J>>> {
  let ending: NodeJS.Timeout | undefined
  const stop = () => {
    tell(child, { say: 'stop' })
    ending = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
  }
  if (signal?.aborted) return err(workStopped())
  signal?.addEventListener('abort', stop)
  child.ref()
  child.channel?.ref()
  try {
    tell(child, { say: 'do', job, order })
    const end = await endOf(child, onProgress)
    if (end.say === 'done') return ok(end.answer as Answer<J>)
    if (end.say === 'fault') return err(end.fault)
    if (end.say === 'died') return err(signal?.aborted ? workStopped() : workDied(memoryMiB, end.how))
    throw Object.assign(new Error(end.message), end.stack === undefined ? {} : { stack: end.stack })
  } finally {
    clearTimeout(ending)
    signal?.removeEventListener('abort', stop)
    rest(child)
  }
}

type End = Exclude<Heard, { say: 'progress' }> | { readonly say: 'died'; readonly how: string }

/** Waits for the work's end, or the process's. */
function endOf(child: ChildProcess, onProgress: Attending['onProgress']): Promise<End> {
  return new Promise(resolve => {
    const hear = (heard: Heard) => {
      if (heard.say === 'progress') onProgress?.(heard.progress)
      else end(heard)
    }
    const die = (code: number | null, signal: string | null) =>
      end({ say: 'died', how: signal ?? `exit ${code}` })
    const end = (how: End) => {
      child.off('message', hear)
      child.off('exit', die)
      resolve(how)
    }
    child.on('message', hear)
    child.once('exit', die)
    if (child.exitCode !== null || child.signalCode !== null) die(child.exitCode, child.signalCode)
  })
}
