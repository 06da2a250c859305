import type { Command } from 'commander'
import { commandLine, knowing } from '#flows'
import { answerFrom, type DataOptions, dataOption, type Invocation } from '../invocation.ts'
import { table } from '../output.ts'

/** The warnings of the last morning. */
export function warningCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const warning = program.command('warning').description(say.warning)
  dataOption(warning.command('list').description(say.warningList), say)
    .option('--plan <id>', say.warningPlan)
    .action((options: ListOptions) => list(options, invocation))
}

interface ListOptions extends DataOptions {
  readonly plan?: string
}

function list(options: ListOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  return answerFrom(
    invocation,
    options,
    application => knowing.warnings.list(application, commandLine, { plan: options.plan, pageSize: 100 }),
    found =>
      table(
        found.rows.map(w => [
          w.id,
          w.level,
          w.plan.title[output.lang],
          w.state.title[output.lang],
          say.warningSince({ from: w.openedOn, days: w.raisedDays }),
        ]),
      ),
  )
}
