import type { Command } from 'commander'
import { commandLine, rulePreview } from '#flows'
import { answerFrom, type DataOptions, dataOption, type Invocation, wholeNumber } from '../invocation.ts'
import { type Language, table } from '../output.ts'
import { type RuleWords, ruleWords } from '../words-rules.ts'
import { faredCells, happening } from './rule-backtest.ts'

interface PrecisionOptions extends DataOptions {
  readonly what: 'left' | 'recharged'
  readonly days: number
}

type Fared = (Awaited<ReturnType<typeof rulePreview.precision>> & { ok: true })['value']

/** How every rule in force did against what happened, and which of them no longer finds as many as usual. */
export function precisionCommand(rule: Command, invocation: Invocation): void {
  const { lang } = invocation.output
  const say = ruleWords[lang]
  const command = rule
    .command('precision')
    .description(say.precisionOfAll)
    .option('--what <what>', say.what, happening, 'left')
    .option('--days <n>', say.withinDays, wholeNumber(1, 180), 30)
  dataOption(command, invocation.say).action((options: PrecisionOptions) =>
    answerFrom(
      invocation,
      options,
      application =>
        rulePreview.precision(application, commandLine, { what: options.what, withinDays: options.days }),
      found => [
        say.mornings({ days: found.mornings.join(' ') }),
        ...table(found.rules.map(one => lineOf(one, say, lang))),
      ],
    ),
  )
}

function lineOf({ id, title, all, months, drift }: Fared['rules'][number], say: RuleWords, lang: Language) {
  const held = months.findLast(month => month.held !== null)?.held
  const cells = all === null && held ? [say.heldRule({ why: held[lang] }), '', ''] : faredCells(all, say)
  return [id, title[lang], ...cells, ...Array(Math.max(0, 3 - cells.length)).fill(''), driftSaid(drift, say)]
}

function driftSaid(drift: Fared['rules'][number]['drift'], say: RuleWords): string {
  if (drift === null) return ''
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`
  const words = { now: percent(drift.now), usual: percent(drift.usual) }
  return drift.isOutside ? say.drifted(words) : say.asUsual(words)
}
