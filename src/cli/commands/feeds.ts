import type { Command } from 'commander'
import { feedReport, loadFeeds } from '#flows'
import {
  answerFrom,
  type DayOptions,
  dayOptions,
  type Invocation,
  type MemoryOptions,
  memoryOption,
  unwrap,
  withApplication,
} from '../invocation.ts'
import { printFaults, table } from '../output.ts'
import { showProgress } from '../progress.ts'

interface LoadOptions extends DayOptions, MemoryOptions {
  readonly mapping?: string
  readonly from?: string
}

export function feedsCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const feeds = program.command('feeds').description(say.feeds)
  dayOptions(feeds.command('check').description(say.feedsCheck), say).action((options: DayOptions) =>
    check(options, invocation),
  )
  const loading = feeds
    .command('load')
    .description(say.feedsLoad)
    .option('--mapping <file>', say.mapping)
    .option('--from <dir>', say.from)
  memoryOption(dayOptions(loading, say), say).action((options: LoadOptions) => load(options, invocation))
}

async function load(options: LoadOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  await withApplication(invocation, options, async application => {
    const progress = showProgress(output)
    const loaded = unwrap(
      await loadFeeds(application, {
        mapping: options.mapping,
        from: options.from,
        day: options.day,
        onProgress: progress.onProgress,
      }).finally(progress.end),
    )
    printFaults(loaded.refused, output)
    output.answer(loaded, loaded.deliveries === 0 ? [say.nothingDue] : [say.loaded(loaded)])
  })
}

function check(options: DayOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  return answerFrom(
    invocation,
    options,
    application => feedReport(application, options.day),
    found =>
      table(
        found.feeds.map(f => [
          f.id,
          f.title[output.lang],
          f.delivered ? (f.dataThrough ?? '') : say.off,
          f.verdict === null ? '' : say.verdicts[f.verdict],
          f.checks
            .filter(c => c.verdict !== 'pass')
            .map(c => c.found[output.lang])
            .join(output.lang === 'zh' ? '；' : '; '),
        ]),
      ),
  )
}
