import {
  explainFactor,
  type Factor,
  type FactorStatistics,
  type FactorVerdict,
  factorStatistics,
  factorVerdicts,
  type Reconciliation,
  reconcileFactors,
} from '#factors'
import { err, ok, type PlainDate } from '#kernel'
import { sayValue } from '#rules'
import type { Application } from '../application.ts'
import { noFactorTable, qualityMissing } from '../faults.ts'
import { lastNight } from '../night/record.ts'

export interface QualityOrder {
  /** One factor with its statistics; otherwise every factor that did not pass. */
  readonly id?: string | undefined
  readonly day?: PlainDate | undefined
}

type Lang = 'zh' | 'en'

/** How the factors of a morning stood. Faults factor.unknown, factor.not-computed, factor.not-assessed. */
export async function factorQuality(application: Application, { id, day }: QualityOrder) {
  const { shelf, catalogue } = application
  const asked = id === undefined ? undefined : explainFactor(catalogue.factors, id)
  if (asked?.ok === false) return asked
  const asOf = day ?? (await lastNight(application.desk))
  if (asOf === undefined) return err(noFactorTable('—'))
  const engine = await application.warehouse()
  const all = await factorVerdicts(engine, shelf, asOf)
  if (all.length === 0) return err(qualityMissing(asOf))
  const count = (verdict: FactorVerdict['verdict']) => all.filter(v => v.verdict === verdict).length
  const counts = { pass: count('pass'), warn: count('warn'), suspect: count('suspect') }
  const shown = id === undefined ? all.filter(v => v.verdict !== 'pass') : all.filter(v => v.id === id)
  const statistics = id === undefined ? [] : await factorStatistics(engine, shelf, asOf)
  const factors = shown.map(v => {
    const own = statistics.find(s => s.id === v.id)
    return { ...v, ...(own === undefined ? {} : { statistics: own }) }
  })
  const lines = (lang: Lang) =>
    factors.flatMap(({ statistics: own, ...verdict }) => {
      const known = catalogue.factors.byId.get(verdict.id)
      return [
        verdictLine(verdict, known, lang),
        ...(own === undefined || known === undefined ? [] : statisticsLines(own, verdict, known, lang)),
      ]
    })
  const header = (lang: Lang) => `${asOf}: ${words[lang].counts(counts)}`
  return ok({
    asOf,
    counts,
    factors,
    lines: { zh: [header('zh'), ...lines('zh')], en: [header('en'), ...lines('en')] },
  })
}

/** Totals of factors against their feeds, all that can be. Fault factor.not-computed. */
export async function reconcileOn(application: Application, day?: PlainDate) {
  const { shelf, zone, catalogue } = application
  const asOf = day ?? (await lastNight(application.desk))
  if (asOf === undefined) return err(noFactorTable('—'))
  const engine = await application.warehouse()
  const found = await reconcileFactors(engine, { shelf, zone }, catalogue.factors, asOf, 'all')
  if (found === undefined) return err(noFactorTable(asOf))
  const lines = (lang: Lang) => reconciledLines(found, lang)
  return ok({ asOf, ...found, lines: { zh: lines('zh'), en: lines('en') } })
}

function reconciledLines({ factors, feeds }: Reconciliation, lang: Lang): readonly string[] {
  const say = words[lang]
  const mark = (agrees: boolean) => (agrees ? '✓' : '✗')
  return [
    ...factors.map(f => `${mark(f.agrees)} ${f.id}: ${say.reconciled(f)}`),
    ...feeds.map(f => `${mark(f.agrees)} ${f.feed}: ${say.announced(f)}`),
  ]
}

function verdictLine({ id, verdict, reason }: FactorVerdict, known: Factor | undefined, lang: Lang): string {
  return `${words[lang].verdicts[verdict]}  ${known?.title[lang] ?? id}  ${id}: ${reason[lang]}`
}

function statisticsLines(
  own: FactorStatistics,
  verdict: FactorVerdict,
  factor: Factor,
  lang: Lang,
): string[] {
  const say = words[lang]
  const value = (cell: FactorStatistics['min']) => sayValue(cell, factor, lang)
  const percent = (share: number) => `${Math.round(share * 1_000) / 10}%`
  const lines = [
    `${say.rows}: ${own.rows}`,
    `${say.missing}: ${own.missing} (${percent(own.rows === 0 ? 0 : own.missing / own.rows)})`,
    `${say.distinct}: ${own.distinct}`,
  ]
  if (own.min !== null) lines.push(`${say.limits}: ${value(own.min)} … ${value(own.max)}`)
  if (own.mean !== null) lines.push(`${say.mean}: ${value(own.mean)}`)
  if (own.quantiles.length > 0) lines.push(`${say.quantiles}: ${own.quantiles.map(value).join('  ')}`)
  if (own.top.length > 0)
    lines.push(
      `${say.top}: ${own.top.map(t => `${topValue(t.value, factor, lang)} ${percent(t.share)}`).join('  ')}`,
    )
  if (verdict.index !== undefined)
    lines.push(`${say.index}: ${verdict.index} (${say.usual} ${verdict.usualIndex})`)
  if (own.sampled < own.rows) lines.push(say.sampled(own.sampled))
  return lines
}

function topValue(value: string, factor: Factor, lang: Lang): string {
  return sayValue(factor.type === 'flag' ? value === 'true' : value, factor, lang)
}

interface Counts {
  readonly pass: number
  readonly warn: number
  readonly suspect: number
}

const words = {
  zh: {
    verdicts: { pass: '正常', warn: '留意', suspect: '可疑' },
    counts: (c: Counts) => `可疑 ${c.suspect}，留意 ${c.warn}，正常 ${c.pass}`,
    rows: '用户数',
    missing: '缺失',
    distinct: '不同取值',
    limits: '最小 … 最大',
    mean: '平均',
    quantiles: '1% 5% 25% 50% 75% 95% 99%',
    top: '最常见',
    index: '稳定性指数',
    usual: '平时不超过',
    reconciled: ({ factor, total, absent, feed, span }: Reconciliation['factors'][number]) =>
      `合计 ${factor} = ${feed} ${span.from} … ${span.to} 的 ${total} − 已离网用户的 ${absent}`,
    announced: ({ announced, quarantined, found, span }: Reconciliation['feeds'][number]) =>
      `${span.from} … ${span.to} 控制文件共 ${announced} 行 − 隔离 ${quarantined} 行 = 实有 ${found} 行`,
    sampled: (n: number) => `除用户数、缺失和最小最大外，均按固定抽取的 ${n} 个用户计算`,
  },
  en: {
    verdicts: { pass: 'pass', warn: 'look at', suspect: 'suspect' },
    counts: (c: Counts) => `${c.suspect} suspect, ${c.warn} to look at, ${c.pass} pass`,
    rows: 'subscribers',
    missing: 'missing',
    distinct: 'different values',
    limits: 'least … greatest',
    mean: 'mean',
    quantiles: '1% 5% 25% 50% 75% 95% 99%',
    top: 'commonest',
    index: 'stability index',
    usual: 'usual up to',
    reconciled: ({ factor, total, absent, feed, span }: Reconciliation['factors'][number]) =>
      `its total ${factor} = ${total} of ${feed}, ${span.from} … ${span.to}, − ${absent} of subscribers who left`,
    announced: ({ announced, quarantined, found, span }: Reconciliation['feeds'][number]) =>
      `${announced} rows announced, ${span.from} … ${span.to}, − ${quarantined} kept aside = ${found} there`,
    sampled: (n: number) =>
      `all but subscribers, missing and limits are of ${n} subscribers, always the same ones`,
  },
} as const
