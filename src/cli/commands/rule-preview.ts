import type { Command } from 'commander'
import { commandLine, rulePreview } from '#flows'
import { FaultError, ok } from '#kernel'
import { answerFrom, type DataOptions, dataOption, type Invocation, unwrap } from '../invocation.ts'
import { type Language, table } from '../output.ts'
import { type RuleWords, ruleWords } from '../words-rules.ts'

interface PreviewOptions extends DataOptions {
  readonly rule?: string
}

type Whole = Awaited<ReturnType<typeof rulePreview.whole>>
type Previewed = (Whole & { ok: true })['value'] & { readonly id: string }

/** What a rule that is being written would do, or one in force. */
export function previewCommand(rule: Command, invocation: Invocation): void {
  const { lang } = invocation.output
  const say = ruleWords[lang]
  const command = rule
    .command('preview [file]')
    .description(say.preview)
    .option('--rule <id>', say.previewRule)
  dataOption(command, invocation.say).action((file: string | undefined, options: PreviewOptions) =>
    answerFrom(
      invocation,
      options,
      async application => {
        const drafts = unwrap(await rulePreview.draftsIn(application, { file, rule: options.rule }))
        const found: Previewed[] = []
        for (const { id, draft } of drafts) {
          const whole = await rulePreview.whole(application, commandLine, { draft })
          if (!whole.ok) throw new FaultError({ ...whole.fault, at: { ...whole.fault.at, rule: id } })
          found.push({ id, ...whole.value })
        }
        return ok(found)
      },
      found => found.flatMap(one => linesOf(one, say, lang)),
    ),
  )
}

function linesOf(one: Previewed, say: RuleWords, lang: Language): string[] {
  const { snapshot, of, count, held } = one
  const head = [`${one.id}: ${one.sentence[lang]}`, say.snapshot({ asOf: snapshot.asOf, of })]
  if (count === null)
    return [...head, say.heldRule({ why: held?.[lang] ?? '' }), ...feedLines(one, say, lang), '']
  const share = of === 0 ? '—' : `${((100 * count) / of).toFixed(1)} %`
  return [
    ...head,
    say.matched({ count, share }),
    ...(one.alarm === null ? [] : [one.alarm[lang]]),
    ...cubeLines(one, say, lang),
    ...section(
      say.overlaps,
      one.rules.map(({ title }, i) => [title[lang], `${one.both[0]?.[i + 1]} / ${one.both[i + 1]?.[i + 1]}`]),
    ),
    ...section(
      say.sensitive,
      one.thresholds.map(t => [
        t.factor.title[lang],
        t.tries.map(at => `${at.shown[lang]}: ${at.count}`).join('  '),
      ]),
    ),
    ...feedLines(one, say, lang),
    ...capacityLines(one, say),
    ...section(
      say.sample,
      one.sample.map(row => [
        row.id,
        row.number ?? '',
        row.values.map(v => `${v.title[lang]} ${v.valueTitle?.[lang] ?? String(v.value ?? '—')}`).join('  '),
      ]),
    ),
    '',
  ]
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : [`${title}:`, ...table(rows).map(line => `  ${line}`)]
}

function cubeLines({ cells }: Previewed, say: RuleWords, lang: Language): string[] {
  const sides = [
    [say.byValue, 'value'],
    [say.byStage, 'stage'],
    [say.byBrand, 'brand'],
    [say.byBranch, 'branch'],
  ] as const
  return sides.flatMap(([title, side]) => {
    const sums = new Map<string, number>()
    for (const cell of cells) {
      const name = cell[side]?.title[lang] ?? say.unknown
      sums.set(name, (sums.get(name) ?? 0) + cell.count)
    }
    const found = [...sums].toSorted(([, a], [, b]) => b - a)
    return section(
      title,
      found.map(([name, count]) => [name, String(count)]),
    )
  })
}

function feedLines({ feeds }: Previewed, say: RuleWords, lang: Language): string[] {
  return section(
    say.feeds,
    feeds.map(f => [
      f.title[lang],
      f.dataThrough === null ? say.never : say.through({ day: f.dataThrough }),
      f.verdict ?? '',
    ]),
  )
}

function capacityLines({ capacity }: Previewed, say: RuleWords): string[] {
  const hours = (minutes: number | null) => ((minutes ?? 0) / 60).toFixed(1)
  return section(
    say.capacity,
    capacity.map(({ channel, contacts, minutes, minutesMax, contactsMax }) => [
      channel === 'call'
        ? say.call({ contacts, hours: hours(minutes), of: hours(minutesMax) })
        : say.sms({ contacts, of: contactsMax ?? 0 }),
    ]),
  )
}
