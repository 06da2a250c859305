import { withLock } from '#desk'
import {
  attempt,
  type Clock,
  FaultError,
  type OnProgress,
  ok,
  type PlainDate,
  type Progress,
  type Result,
} from '#kernel'
import { sweepParts } from '#warehouse'
import type { Application } from '../application.ts'
import { nightStopped } from '../faults.ts'
import type { Words } from '../view/coded.ts'
import { nightInputs } from './inputs.ts'
import { notPassed, type SuspectFactor } from './quality.ts'
import { beginNight, beginStep, endNight, endStep, findNight, isStepDone, noteInputs } from './record.ts'
import { type Step, steps } from './steps.ts'
import type { HeldRule } from './tables.ts'
import { type Watch, watchNight } from './watch.ts'
import type { Work } from './work.ts'

export interface NightOrder {
  readonly day: PlainDate
  readonly onProgress?: OnProgress
  /** Aborted: heavy work ends within two seconds and no further step begins: fault night.stopped; the next run goes on from there. */
  readonly signal?: AbortSignal | undefined
}

export interface StepReport {
  readonly id: string
  readonly title: Words
  readonly seconds: number
  readonly rows: number | null
  /** Left as an earlier try of this night had finished it. */
  readonly wasDone: boolean
}

export interface NightReport {
  readonly day: PlainDate
  readonly seconds: number
  readonly steps: readonly StepReport[]
  readonly held: readonly HeldRule[]
  /** Factors that nothing rests on tonight, each with the reason. */
  readonly suspects: readonly SuspectFactor[]
}

/**
 * Runs the night of an as-of day. A finished night run again replaces that day and nothing else. A night that was killed
 * goes on behind its last finished step, unless what it reads has changed since. Two nights never overlap: fault desk.busy.
 */
export async function runNight(application: Application, order: NightOrder): Promise<Result<NightReport>> {
  return withLock(application.desk, 'night', async () => {
    const { desk, clock } = application
    application.workshop.warm()
    const began = clock.now().getTime()
    await sweepParts(application.shelf.root)
    await beginNight(desk, order.day, clock.now())
    const run = await attempt(() => watched(application, order))
    await endNight(desk, order.day, run.ok ? 'done' : 'failed', clock.now())
    if (!run.ok) return run
    const held = (await findNight(desk, order.day))?.held ?? []
    const suspects = await notPassed(application, order.day)
    return ok({ day: order.day, seconds: secondsSince(began, clock.now()), steps: run.value, held, suspects })
  })
}

async function watched(application: Application, order: NightOrder): Promise<readonly StepReport[]> {
  const watch = watchNight(application.desk, order.day, order.signal)
  try {
    return await runSteps(application, order, watch)
  } finally {
    await watch.end()
  }
}

async function runSteps(
  application: Application,
  order: NightOrder,
  watch: Watch,
): Promise<readonly StepReport[]> {
  const { desk } = application
  const { day } = order
  const work: Work = { application, day, feeds: [], signal: watch.signal, onProgress: () => {} }
  const reports: StepReport[] = []
  for (const [position, step] of steps.entries()) {
    if (step === staying[0]) {
      const inputs = await nightInputs(work)
      await noteInputs(
        desk,
        day,
        inputs,
        staying.map(s => s.id),
      )
    }
    const onProgress = progressOf(order, step, position, application.clock, watch)
    const stays = step.stays && (await isStepDone(desk, day, step.id))
    reports.push(
      stays
        ? { ...named(step), seconds: 0, rows: null, wasDone: true }
        : await runStep(Object.assign(work, { onProgress }), step, position),
    )
  }
  return reports
}

/** What a step says of itself, told to the desk and, as a part of the night, to whoever ordered it. */
function progressOf(
  { day, onProgress }: NightOrder,
  step: Step,
  position: number,
  clock: Clock,
  watch: Watch,
): OnProgress {
  const began = clock.now().getTime()
  const tell = (part?: Progress) =>
    onProgress?.({
      step: `${day} ${step.title.zh} · ${step.title.en}`,
      done: position,
      total: steps.length,
      seconds: secondsSince(began, clock.now()),
      ...(part === undefined ? {} : { part }),
    })
  tell()
  return part => {
    watch.tell(step.id, part)
    tell(part)
  }
}

const staying = steps.filter(s => s.stays)

async function runStep(work: Work, step: Step, position: number): Promise<StepReport> {
  const { desk, clock } = work.application
  const began = clock.now()
  await beginStep(desk, work.day, step.id, position, began)
  const result = await attempt(() => runUnlessStopped(work, step))
  const end = {
    at: clock.now(),
    rows: result.ok ? result.value : null,
    fault: result.ok ? null : result.fault,
  }
  await endStep(desk.db, work.day, step.id, { ...end, state: result.ok ? 'done' : 'failed' })
  if (!result.ok) throw new FaultError(result.fault)
  return { ...named(step), seconds: secondsSince(began.getTime(), end.at), rows: end.rows, wasDone: false }
}

/** Fault night.stopped when the night is to stop, before the step or within it. */
async function runUnlessStopped(work: Work, step: Step): Promise<number | null> {
  const { signal, day } = work
  if (signal.aborted) throw new FaultError(nightStopped(day))
  const result = await attempt(() => step.run(work))
  if (result.ok) return result.value
  throw new FaultError(result.fault.code === 'work.stopped' ? nightStopped(day) : result.fault)
}

function named({ id, title }: Step) {
  return { id, title }
}

function secondsSince(began: number, now: Date): number {
  return (now.getTime() - began) / 1_000
}
