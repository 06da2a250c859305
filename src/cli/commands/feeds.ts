import type { Command } from 'commander'
import { feedReport, loadFeeds } from '#flows'
import type { PlainDate } from '#kernel'
import {
  type DataOptions,
  dayOption,
  defaultData,
  type Invocation,
  unwrap,
  withApplication,
} from '../invocation.ts'
import { printFaults, table } from '../output.ts'
import { showProgress } from '../progress.ts'

interface LoadOptions extends DataOptions {
  readonly mapping?: string
  readonly from?: string
  readonly day?: PlainDate
}

interface CheckOptions extends DataOptions {
  readonly day?: PlainDate
}

export function feedsCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const feeds = program.command('feeds').description(say.feeds)
  feeds
    .command('check')
    .description(say.feedsCheck)
    .option('--day <day>', say.day, dayOption)
    .option('--data <dir>', say.data, defaultData)
    .action((options: CheckOptions) => check(options, invocation))
  feeds
    .command('load')
    .description(say.feedsLoad)
    .option('--mapping <file>', say.mapping)
    .option('--from <dir>', say.from)
    .option('--day <day>', say.day, dayOption)
    .option('--data <dir>', say.data, defaultData)
    .action((options: LoadOptions) => load(options, invocation))
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

async function check(options: CheckOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  await withApplication(invocation, options, async application => {
    const found = unwrap(await feedReport(application, options.day))
    const rows = found.feeds.map(f => [
      f.id,
      f.title[output.lang],
      f.delivered ? (f.dataThrough ?? '') : say.off,
      f.verdict === null ? '' : say.verdicts[f.verdict],
      f.checks
        .filter(c => c.verdict !== 'pass')
        .map(c => c.found[output.lang])
        .join(output.lang === 'zh' ? '；' : '; '),
    ])
    output.answer(found, table(rows))
  })
}
