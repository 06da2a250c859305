import type { Command } from 'commander'
import { type NightReport, runNight, stopNight } from '#flows'
import type { PlainDate } from '#kernel'
import {
  type DataOptions,
  dayOption,
  defaultData,
  type Invocation,
  type MemoryOptions,
  memoryOption,
  unwrap,
  withApplication,
} from '../invocation.ts'
import { table } from '../output.ts'
import { showProgress } from '../progress.ts'
import { whenStopped } from '../signals.ts'

interface Options extends DataOptions, MemoryOptions {
  readonly day?: PlainDate
  readonly cancel?: boolean
}

export function nightCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const command = program
    .command('night')
    .description(say.night)
    .option('--day <day>', say.day, dayOption)
    .option('--cancel', say.cancelNight)
    .option('--data <dir>', say.data, defaultData)
  memoryOption(command, say).action((options: Options) => {
    if (options.cancel === true) return cancel(options, invocation)
    if (options.day === undefined) return command.error("error: required option '--day <day>' not specified")
    return night(options, options.day, invocation)
  })
}

async function night(options: Options, day: PlainDate, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  const signal = whenStopped()
  await withApplication(invocation, options, async application => {
    const progress = showProgress(output, { asJson: true })
    const report = await runNight(application, { day, signal, onProgress: progress.onProgress }).finally(
      progress.end,
    )
    const { steps, held, suspects, seconds } = unwrap(report)
    output.answer(unwrap(report), [
      ...table(
        steps.map(s => [
          s.title[output.lang],
          `${s.rows ?? ''} ${s.rows === null ? '' : say.rows}`,
          `${s.seconds.toFixed(2)} ${say.seconds}`,
        ]),
      ),
      ...suspectLines(suspects, invocation),
      ...held.map(h => `${say.held} ${h.ruleId}: ${h.reason[output.lang]}`),
      say.nightDone({ day, seconds: seconds.toFixed(1) }),
    ])
  })
}

async function cancel(options: Options, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  await withApplication(invocation, options, async application => {
    const asked = unwrap(await stopNight(application))
    output.answer(asked, [say.nightAsked(asked)])
  })
}

/** Factors that are suspect for one reason are said once. */
function suspectLines(suspects: NightReport['suspects'], { output, say }: Invocation): string[] {
  const groups = Map.groupBy(suspects, f => `${f.verdict} ${f.origin ?? f.id}`)
  return [...groups.values()].flatMap(all => {
    const [first] = all
    if (first === undefined) return []
    const { verdict, id, origin, reason } = first
    const named = all.length === 1 ? id : say.factorsFrom({ count: all.length, origin: origin ?? id })
    return [`${say.factorVerdicts[verdict]} ${named}: ${reason[output.lang]}`]
  })
}
