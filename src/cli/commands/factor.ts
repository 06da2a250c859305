import type { Command } from 'commander'
import { explainFactorFor, factorHistoryFor, factorQuality, listFactors, reconcileOn } from '#flows'
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

interface DayOptions extends DataOptions {
  readonly day?: PlainDate
}

interface ExplainOptions extends DayOptions {
  readonly subscriber?: string
}

export function factorCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const factor = program.command('factor').description(say.factor)
  factor
    .command('list')
    .description(say.factorList)
    .option('--data <dir>', say.data, defaultData)
    .action((options: DataOptions) => list(options, invocation))
  factor
    .command('explain <id>')
    .description(say.factorExplain)
    .option('--subscriber <id>', say.subscriber)
    .option('--day <day>', say.day, dayOption)
    .option('--data <dir>', say.data, defaultData)
    .action((id: string, options: ExplainOptions) => explain(id, options, invocation))
  historyCommand(factor, invocation)
  factor
    .command('quality [id]')
    .description(say.factorQuality)
    .option('--day <day>', say.day, dayOption)
    .option('--data <dir>', say.data, defaultData)
    .action((id: string | undefined, options: DayOptions) => quality(id, options, invocation))
  factor
    .command('reconcile')
    .description(say.factorReconcile)
    .option('--day <day>', say.day, dayOption)
    .option('--data <dir>', say.data, defaultData)
    .action((options: DayOptions) => reconcile(options, invocation))
}

interface HistoryOptions extends DataOptions {
  readonly subscriber: string
  readonly from?: PlainDate
  readonly to?: PlainDate
}

function historyCommand(factor: Command, invocation: Invocation): void {
  const { say } = invocation
  factor
    .command('history <id>')
    .description(say.factorHistory)
    .requiredOption('--subscriber <id>', say.subscriber)
    .option('--from <day>', say.mornings, dayOption)
    .option('--to <day>', say.morningsEnd, dayOption)
    .option('--data <dir>', say.data, defaultData)
    .action((id: string, options: HistoryOptions) => history(id, options, invocation))
}

async function history(id: string, options: HistoryOptions, invocation: Invocation): Promise<void> {
  const { output } = invocation
  const { subscriber: subscriberId, from, to } = options
  await withApplication(invocation, options, async application => {
    const { lines, ...found } = unwrap(await factorHistoryFor(application, { id, subscriberId, from, to }))
    output.answer(found, lines[output.lang])
  })
}

async function list(options: DataOptions, invocation: Invocation): Promise<void> {
  const { output } = invocation
  await withApplication(invocation, options, async application => {
    const found = unwrap(await listFactors(application))
    const rows = found.factors.map(f => [
      f.id,
      f.title[output.lang],
      f.type,
      f.unit ?? '',
      f.feeds.map(x => x.code).join(' '),
      f.off?.[output.lang] ?? '',
    ])
    output.answer(found, table(rows))
  })
}

async function explain(id: string, options: ExplainOptions, invocation: Invocation): Promise<void> {
  const { output } = invocation
  await withApplication(invocation, options, async application => {
    const found = unwrap(
      await explainFactorFor(application, { id, subscriberId: options.subscriber, day: options.day }),
    )
    output.answer(found, found.lines[output.lang])
  })
}

async function quality(id: string | undefined, options: DayOptions, invocation: Invocation): Promise<void> {
  const { output } = invocation
  await withApplication(invocation, options, async application => {
    const found = unwrap(await factorQuality(application, { id, day: options.day }))
    output.answer(found, found.lines[output.lang])
  })
}

async function reconcile(options: DayOptions, invocation: Invocation): Promise<void> {
  const { output } = invocation
  await withApplication(invocation, options, async application => {
    const found = unwrap(await reconcileOn(application, options.day))
    output.answer(found, found.lines[output.lang])
  })
}
