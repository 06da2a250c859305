import type { Command } from 'commander'
import { runNight } from '#flows'
import type { PlainDate } from '#kernel'
import {
  type DataOptions,
  dayOption,
  defaultData,
  type Invocation,
  unwrap,
  withApplication,
} from '../invocation.ts'
import { table } from '../output.ts'
import { showProgress } from '../progress.ts'

interface Options extends DataOptions {
  readonly day: PlainDate
}

export function nightCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  program
    .command('night')
    .description(say.night)
    .requiredOption('--day <day>', say.day, dayOption)
    .option('--data <dir>', say.data, defaultData)
    .action((options: Options) => night(options, invocation))
}

async function night(options: Options, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  await withApplication(invocation, options, async application => {
    const progress = showProgress(output)
    const report = await runNight(application, { day: options.day, onProgress: progress.onProgress }).finally(
      progress.end,
    )
    const { steps, held, seconds } = unwrap(report)
    output.answer(unwrap(report), [
      ...table(
        steps.map(s => [
          s.title[output.lang],
          `${s.rows ?? ''} ${s.rows === null ? '' : say.rows}`,
          `${s.seconds.toFixed(2)} ${say.seconds}`,
        ]),
      ),
      ...held.map(h => `${say.held} ${h.ruleId}: ${h.reason[output.lang]}`),
      say.nightDone({ day: options.day, seconds: seconds.toFixed(1) }),
    ])
  })
}
