import { withLock } from '#desk'
import { attempt, FaultError, type OnProgress, ok, type PlainDate, type Result } from '#kernel'
import { sweepParts } from '#warehouse'
import type { Application } from '../application.ts'
import { nightStopped } from '../faults.ts'
import type { Words } from '../view/coded.ts'
import { nightInputs } from './inputs.ts'
import {
  beginNight,
  beginStep,
  endNight,
  endStep,
  findNight,
  type HeldRule,
  isStepDone,
  noteInputs,
} from './record.ts'
import { type Step, steps } from './steps.ts'
import type { Work } from './work.ts'

export interface NightOrder {
  readonly day: PlainDate
  readonly onProgress?: OnProgress
  /** Asked between steps: fault night.stopped, and the next run goes on from there. */
  readonly signal?: AbortSignal
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
}

/**
 * Runs the night of an as-of day. A finished night run again replaces that day and nothing else. A night that was killed
 * goes on behind its last finished step, unless what it reads has changed since. Two nights never overlap: fault desk.busy.
 */
export async function runNight(application: Application, order: NightOrder): Promise<Result<NightReport>> {
  return withLock(application.desk, 'night', async () => {
    const { desk, clock } = application
    const began = clock.now().getTime()
    await sweepParts(application.shelf.root)
    await beginNight(desk, order.day, clock.now())
    const run = await attempt(() => runSteps(application, order))
    await endNight(desk, order.day, run.ok ? 'done' : 'failed', clock.now())
    if (!run.ok) return run
    const held = (await findNight(desk, order.day))?.held ?? []
    return ok({ day: order.day, seconds: secondsSince(began, clock.now()), steps: run.value, held })
  })
}

async function runSteps(application: Application, order: NightOrder): Promise<readonly StepReport[]> {
  const work: Work = { application, day: order.day, feeds: [] }
  const reports: StepReport[] = []
  for (const [position, step] of steps.entries()) {
    if (order.signal?.aborted) throw new FaultError(nightStopped(order.day))
    order.onProgress?.({
      step: `${order.day} ${step.title.zh} · ${step.title.en}`,
      done: position,
      total: steps.length,
    })
    if (step === staying[0])
      await noteInputs(
        application.desk,
        order.day,
        await nightInputs(work),
        staying.map(s => s.id),
      )
    const stays = step.stays && (await isStepDone(application.desk, order.day, step.id))
    reports.push(
      stays ? { ...named(step), seconds: 0, rows: null, wasDone: true } : await runStep(work, step, position),
    )
  }
  return reports
}

const staying = steps.filter(s => s.stays)

async function runStep(work: Work, step: Step, position: number): Promise<StepReport> {
  const { desk, clock } = work.application
  const began = clock.now()
  await beginStep(desk, work.day, step.id, position, began)
  const result = await attempt(() => step.run(work))
  const end = {
    at: clock.now(),
    rows: result.ok ? result.value : null,
    fault: result.ok ? null : result.fault,
  }
  await endStep(desk.db, work.day, step.id, { ...end, state: result.ok ? 'done' : 'failed' })
  if (!result.ok) throw new FaultError(result.fault)
  return { ...named(step), seconds: secondsSince(began.getTime(), end.at), rows: end.rows, wasDone: false }
}

function named({ id, title }: Step) {
  return { id, title }
}

function secondsSince(began: number, now: Date): number {
  return (now.getTime() - began) / 1_000
}
