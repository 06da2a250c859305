import type { Command } from 'commander'
import {
  explainFactorFor,
  factorHistoryFor,
  factorQuality,
  listFactors,
  reconcileOn,
  restatementOf,
} from '#flows'
import type { PlainDate } from '#kernel'
import {
  answerFrom,
  type DataOptions,
  type DayOptions,
  dataOption,
  dayOption,
  dayOptions,
  type Invocation,
  unwrap,
  withApplication,
} from '../invocation.ts'
import { table } from '../output.ts'

interface ExplainOptions extends DayOptions {
  readonly subscriber?: string
}

interface HistoryOptions extends DataOptions {
  readonly subscriber: string
  readonly from?: PlainDate
  readonly to?: PlainDate
}

export function factorCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const factor = program.command('factor').description(say.factor)
  dataOption(factor.command('list').description(say.factorList), say).action((options: DataOptions) =>
    list(options, invocation),
  )
  const explaining = factor.command('explain <id>').description(say.factorExplain)
  dayOptions(explaining.option('--subscriber <id>', say.subscriber), say).action(
    (id: string, options: ExplainOptions) => explain(id, options, invocation),
  )
  const history = factor
    .command('history <id>')
    .description(say.factorHistory)
    .requiredOption('--subscriber <id>', say.subscriber)
    .option('--from <day>', say.mornings, dayOption)
    .option('--to <day>', say.morningsEnd, dayOption)
  dataOption(history, say).action((id: string, options: HistoryOptions) => historyOf(id, options, invocation))
  dayOptions(factor.command('quality [id]').description(say.factorQuality), say).action(
    (id: string | undefined, options: DayOptions) => quality(id, options, invocation),
  )
  dayOptions(factor.command('reconcile').description(say.factorReconcile), say).action(
    (options: DayOptions) => reconcile(options, invocation),
  )
  dayOptions(factor.command('restate').description(say.factorRestate), say).action((options: DayOptions) =>
    restate(options, invocation),
  )
}

function list(options: DataOptions, invocation: Invocation): Promise<void> {
  const { lang } = invocation.output
  return answerFrom(invocation, options, listFactors, found =>
    table(
      found.factors.map(f => [
        f.id,
        f.title[lang],
        f.type,
        f.unit ?? '',
        f.feeds.map(x => x.code).join(' '),
        f.off?.[lang] ?? '',
      ]),
    ),
  )
}

function explain(id: string, options: ExplainOptions, invocation: Invocation): Promise<void> {
  const { subscriber: subscriberId, day } = options
  return answerFrom(
    invocation,
    options,
    application => explainFactorFor(application, { id, subscriberId, day }),
    found => found.lines[invocation.output.lang],
  )
}

async function historyOf(id: string, options: HistoryOptions, invocation: Invocation): Promise<void> {
  const { output } = invocation
  const { subscriber: subscriberId, from, to } = options
  await withApplication(invocation, options, async application => {
    const { lines, ...found } = unwrap(await factorHistoryFor(application, { id, subscriberId, from, to }))
    output.answer(found, lines[output.lang])
  })
}

function quality(id: string | undefined, options: DayOptions, invocation: Invocation): Promise<void> {
  return answerFrom(
    invocation,
    options,
    application => factorQuality(application, { id, day: options.day }),
    found => found.lines[invocation.output.lang],
  )
}

function reconcile(options: DayOptions, invocation: Invocation): Promise<void> {
  return answerFrom(
    invocation,
    options,
    application => reconcileOn(application, options.day),
    found => found.lines[invocation.output.lang],
  )
}

function restate(options: DayOptions, invocation: Invocation): Promise<void> {
  return answerFrom(
    invocation,
    options,
    application => restatementOf(application, options.day),
    found => found.lines[invocation.output.lang],
  )
}
