import type { Command } from 'commander'
import { commandLine, knowing } from '#flows'
import {
  answerFrom,
  type DataOptions,
  dataOption,
  dayOption,
  type Invocation,
  wholeNumber,
} from '../invocation.ts'
import { table } from '../output.ts'

interface CareOptions extends DataOptions {
  readonly from?: string
  readonly days: number
}

/** The care calendar. */
export function careCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const care = program.command('care').description(say.care)
  const command = care
    .command('calendar')
    .description(say.careCalendar)
    .option('--from <day>', say.careFrom, dayOption)
    .option('--days <count>', say.careDays, wholeNumber(1, 120), 35)
  dataOption(command, say).action((options: CareOptions) => calendar(options, invocation))
}

function calendar({ from, days, ...options }: CareOptions, invocation: Invocation): Promise<void> {
  const { lang } = invocation.output
  return answerFrom(
    invocation,
    options,
    application => knowing.care.show(application, commandLine, { from, days }),
    found => {
      const titles = new Map(found.occasions.map(o => [o.id, o.title[lang]]))
      return table(
        found.days
          .filter(d => d.due.length > 0 || d.holidays.length > 0)
          .map(d => [
            d.day,
            d.lunar[lang],
            d.holidays.map(h => h.title[lang]).join(' '),
            d.due.map(o => `${titles.get(o.occasion) ?? o.occasion} ${o.subscribers}`).join('  '),
          ]),
      )
    },
  )
}
