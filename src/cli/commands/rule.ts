import type { Command } from 'commander'
import { countRulesOn, explainRuleFor, listRules } from '#flows'
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

interface DayOptions extends DataOptions {
  readonly day?: PlainDate
}

interface ExplainOptions extends DayOptions {
  readonly subscriber?: string
}

export function ruleCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const rule = program.command('rule').description(say.rule)
  rule
    .command('list')
    .description(say.ruleList)
    .option('--data <dir>', say.data, defaultData)
    .action((options: DataOptions) => list(options, invocation))
  rule
    .command('count')
    .description(say.ruleCount)
    .option('--day <day>', say.day, dayOption)
    .option('--data <dir>', say.data, defaultData)
    .action((options: DayOptions) => count(options, invocation))
  rule
    .command('explain <id>')
    .description(say.ruleExplain)
    .option('--subscriber <id>', say.subscriber)
    .option('--day <day>', say.day, dayOption)
    .option('--data <dir>', say.data, defaultData)
    .action((id: string, options: ExplainOptions) => explain(id, options, invocation))
}

async function list(options: DataOptions, invocation: Invocation): Promise<void> {
  const { output } = invocation
  await withApplication(invocation, options, async application => {
    const found = unwrap(await listRules(application))
    const rows = found.rules.map(r => [r.id, r.title[output.lang], r.state, r.sentence[output.lang]])
    output.answer(found, table(rows))
  })
}

async function count(options: DayOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  await withApplication(invocation, options, async application => {
    const found = unwrap(await countRulesOn(application, options.day))
    printFaults(found.alarms, output)
    output.answer(
      found,
      table(found.counts.map(c => [c.rule, say.of({ count: c.subscribers, of: found.of })])),
    )
  })
}

async function explain(id: string, options: ExplainOptions, invocation: Invocation): Promise<void> {
  const { output } = invocation
  await withApplication(invocation, options, async application => {
    const found = unwrap(
      await explainRuleFor(application, { id, subscriberId: options.subscriber, day: options.day }),
    )
    output.answer(found, found.lines[output.lang])
  })
}
