import type { Command } from 'commander'
import { simulateCarrier } from '#flows'
import { type Invocation, wholeNumber } from '../invocation.ts'
import { showProgress } from '../progress.ts'

interface Options {
  readonly subscribers: number
  readonly days: number
  readonly seed: number
  readonly out: string
}

export function worldCommand(program: Command, invocation: Invocation): void {
  const { say, output } = invocation
  program
    .command('world')
    .description(say.world)
    .option('--subscribers <n>', say.subscribers, wholeNumber(100, 10_000_000), 20_000)
    .option('--days <n>', say.days, wholeNumber(1, 1_000), 120)
    .option('--seed <n>', say.seed, wholeNumber(0, 2 ** 31), 1)
    .requiredOption('--out <dir>', say.out)
    .action(async (options: Options) => {
      const progress = showProgress(output)
      const made = await simulateCarrier({ ...options, onProgress: progress.onProgress }).finally(
        progress.end,
      )
      output.answer(made, [
        say.worldDone({ out: options.out, files: made.files, seconds: made.seconds.toFixed(1) }),
      ])
    })
}
