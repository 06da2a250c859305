import { type Command, InvalidArgumentError } from 'commander'
import { commandLine, rulePreview } from '#flows'
import { ok } from '#kernel'
import {
  answerFrom,
  type DataOptions,
  dataOption,
  type Invocation,
  unwrap,
  wholeNumber,
} from '../invocation.ts'
import { type Language, table } from '../output.ts'
import { type RuleWords, ruleWords } from '../words-rules.ts'

interface BacktestOptions extends DataOptions {
  readonly rule?: string
  readonly against?: string
  readonly what: 'left' | 'recharged'
  readonly days: number
  readonly thresholds?: boolean
}

type Tested = (Awaited<ReturnType<typeof rulePreview.backtest>> & { ok: true })['value']
type Threshold = Tested['thresholds'][number]
type Fared = NonNullable<Tested['all']['own']>

/** How a rule would have fared on past mornings, a file's or one in force; beside it another in force. */
export function backtestCommand(rule: Command, invocation: Invocation): void {
  const { lang } = invocation.output
  const say = ruleWords[lang]
  const command = rule
    .command('backtest [file]')
    .description(say.backtest)
    .option('--rule <id>', say.previewRule)
    .option('--against <id>', say.against)
    .option('--what <what>', say.what, happening, 'left')
    .option('--thresholds', say.thresholds)
    .option('--days <n>', say.withinDays, wholeNumber(1, 180), 30)
  dataOption(command, invocation.say).action((file: string | undefined, options: BacktestOptions) =>
    answerFrom(
      invocation,
      options,
      async application => {
        const drafts = unwrap(await rulePreview.draftsIn(application, { file, rule: options.rule }))
        const found: (Tested & { readonly id: string })[] = []
        for (const { id, draft } of drafts) {
          const { what, days: withinDays, against, thresholds: vary } = options
          const order = { draft, what, withinDays, against, vary }
          found.push({ id, ...unwrap(await rulePreview.backtest(application, commandLine, order)) })
        }
        return ok(found)
      },
      found =>
        found.flatMap(one => [
          `${one.id}:`,
          ...table(linesOf(one, say, lang)),
          ...one.thresholds.flatMap(t => thresholdLines(t, say, lang)),
          '',
        ]),
    ),
  )
}

export function happening(text: string): 'left' | 'recharged' {
  if (text === 'left' || text === 'recharged') return text
  throw new InvalidArgumentError('left | recharged')
}

function linesOf({ months, all, against }: Tested, say: RuleWords, lang: Language): string[][] {
  const rows = [...months.map(m => ({ name: m.asOf, ...m })), { name: say.together, ...all }]
  return rows.flatMap(row => [
    ['  ', row.name, ...('held' in row && row.held ? [row.held[lang]] : faredCells(row.own, say))],
    ...(against === null
      ? []
      : [
          ['  ', against.title[lang], ...faredCells(row.other, say)],
          ['  ', '', say.moreFewer({ more: row.more ?? 0, fewer: row.fewer ?? 0 })],
        ]),
  ])
}

/** One threshold: a line for each value, the present and the advised marked. */
function thresholdLines(
  { factor, tries, value, advised }: Threshold,
  say: RuleWords,
  lang: Language,
): string[] {
  const lines = tries.map(t => {
    const marks = [...(t.value === value ? [say.present] : []), ...(t.value === advised ? [say.advised] : [])]
    const balance = t.balance === null ? '—' : t.balance.toFixed(3)
    return ['    ', t.shown[lang], ...faredCells(t.fared, say), `F1 ${balance}`, marks.join(', ')]
  })
  const head = advised === null ? `  ${factor.title[lang]}: ${say.notEnough}` : `  ${factor.title[lang]}:`
  return [head, ...table(lines)]
}

export function faredCells(fared: Fared | null, say: RuleWords): string[] {
  if (fared === null) return ['—']
  const { precision, recall, lift, liftLow, liftHigh } = fared
  const percent = (share: number | null) => (share === null ? '—' : `${(100 * share).toFixed(1)} %`)
  const between = (low: string, high: string) => `[${low}, ${high}]`
  return [
    `${say.precision} ${percent(precision.share)} ${between(percent(precision.low), percent(precision.high))}`,
    `${say.recall} ${percent(recall.share)} ${between(percent(recall.low), percent(recall.high))}`,
    lift === null
      ? `${say.lift} —`
      : `${say.lift} ${lift.toFixed(1)} ${between((liftLow ?? 0).toFixed(1), (liftHigh ?? 0).toFixed(1))}`,
  ]
}
