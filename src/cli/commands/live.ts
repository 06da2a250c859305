import type { Command } from 'commander'
import { liveOn } from '#flows'
import {
  type DataOptions,
  defaultData,
  type Invocation,
  type MemoryOptions,
  memoryOption,
  unwrap,
  wholeNumber,
  withApplication,
} from '../invocation.ts'
import { showProgress } from '../progress.ts'
import { whenStopped } from '../signals.ts'

interface Options extends DataOptions, MemoryOptions {
  readonly days: number
}

export function liveCommand(program: Command, invocation: Invocation): void {
  const { say, output } = invocation
  const command = program
    .command('live')
    .description(say.live)
    .option('--days <n>', say.days, wholeNumber(1, 366), 1)
    .option('--data <dir>', say.data, defaultData)
  memoryOption(command, say).action((options: Options) => {
    const signal = whenStopped()
    return withApplication(invocation, options, async application => {
      const progress = showProgress(output)
      const lived = await liveOn(application, {
        days: options.days,
        signal,
        onProgress: progress.onProgress,
      }).finally(progress.end)
      const days = unwrap(lived)
      output.answer({ days }, days.map(say.lived1))
    })
  })
}
