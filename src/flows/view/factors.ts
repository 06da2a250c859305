import {
  explainFactor,
  explainValue,
  type Factor,
  factorsOff,
  type SourceRows,
  type ValueExplained,
} from '#factors'
import { type FeedId, feedOf } from '#ingest'
import { addDays, err, ok, type PlainDate } from '#kernel'
import { besides, sayValue } from '#rules'
import type { Application } from '../application.ts'
import { noFactorTable } from '../faults.ts'
import { lastNight } from '../night/record.ts'
import { besideOn } from '../rules/beside.ts'
import { rulesInForce } from '../rules/in-force.ts'
import { tagsKnown } from '../segments/in-force.ts'
import { type UsedBy, whatUses } from '../what-uses.ts'
import type { Words } from './coded.ts'

/** The catalogue of factors, and which could not be computed on the last night. */
export async function listFactors(application: Application) {
  const asOf = await lastNight(application.desk)
  const off = await offOn(application, asOf)
  const users = await usersOf(application)
  return ok({
    asOf: asOf ?? null,
    factors: application.catalogue.factors.factors.map(f => ({
      id: f.id,
      title: f.title,
      means: f.means,
      subject: { code: f.subject.en, title: f.subject },
      type: f.type,
      unit: f.unit ?? null,
      feeds: f.feeds.map(id => ({ code: id, title: feedOf(id).title })),
      values:
        f.values === undefined ? null : Object.entries(f.values).map(([code, title]) => ({ code, title })),
      off: off.get(f.id) ?? null,
      usedBy: users.get(f.id) ?? null,
    })),
    beside: await besideFactors(application, asOf),
  })
}

const besideSubjects: Readonly<Record<string, Words>> = {
  tag: { zh: '标签', en: 'tags' },
  segment: { zh: '客群', en: 'segments' },
  warned: { zh: '预警', en: 'warnings' },
}

/** What a rule may ask about this morning beside the factors: tags, places on the map, levels of warnings. */
async function besideFactors(application: Application, asOf: PlainDate | undefined) {
  const known = [...application.catalogue.askable.values()]
  const today = known.filter(one => besides.is(one.id) && besides.ofBefore(one.id) === undefined)
  const engine = await application.warehouse()
  const ids = today.map(one => one.id)
  const off = asOf === undefined ? undefined : (await besideOn(application, engine, { asOf }, ids)).off
  const means = new Map((await tagsKnown(application)).map(tag => [`tag.${tag.id}`, tag.means]))
  return today.map(one => {
    const subject = besideSubjects[one.id.split('.')[0] ?? ''] ?? one.title
    return {
      id: one.id,
      title: one.title,
      means: means.get(one.id) ?? one.title,
      subject: { code: subject.en, title: subject },
      type: one.type,
      unit: one.unit ?? null,
      feeds: one.feeds.map(id => ({ code: id, title: feedOf(id as FeedId).title })),
      values:
        one.values === undefined
          ? null
          : Object.entries(one.values).map(([code, title]) => ({ code, title })),
      off: off?.get(one.id) ?? null,
    }
  })
}

/** Who relies on each factor, by the rules in force. */
async function usersOf(application: Application) {
  const { rules } = await rulesInForce(application)
  return whatUses({ ...application.catalogue, rules })
}

async function offOn(
  application: Application,
  asOf: PlainDate | undefined,
): Promise<ReadonlyMap<string, Words>> {
  if (asOf === undefined) return new Map()
  const found = await factorsOff(await application.warehouse(), application.shelf, asOf)
  return new Map(found.map(o => [o.id, { zh: o.fault.zh, en: o.fault.en }]))
}

export interface FactorOrder {
  readonly id: string
  readonly subscriberId?: string | undefined
  readonly day?: PlainDate | undefined
}

/**
 * What a factor means and comes from, and the SQL of its part of the night; for a subscriber its value and that of the
 * morning before. Faults factor.unknown, factor.day-missing, factor.subscriber-unknown.
 */
export async function explainFactorFor(application: Application, order: FactorOrder) {
  const { factors } = application.catalogue
  const explained = explainFactor(factors, order.id)
  if (!explained.ok) return explained
  const { factor, sql } = explained.value
  const users = (await usersOf(application)).get(factor.id)
  const valued =
    order.subscriberId === undefined
      ? ok(undefined)
      : await valueFor(application, { ...order, subscriberId: order.subscriberId })
  if (!valued.ok) return valued
  const value = valued.value
  const lines = (lang: 'zh' | 'en') => [
    ...described(factor, users, lang),
    ...(value === undefined ? [] : valueLines(value, lang)),
    '',
    sql,
  ]
  const { id, version, owner, kind, feeds, needs, live } = factor
  return ok({
    factor: {
      id,
      version,
      owner,
      kind,
      feeds,
      needs,
      live: live ?? null,
      title: factor.title,
      means: factor.means,
      range: factor.range ?? null,
      helps: factor.helps ?? null,
      twin: factor.twin ?? null,
    },
    usedBy: users ?? null,
    sql,
    value:
      value === undefined
        ? null
        : {
            asOf: value.asOf,
            value: value.value,
            before: value.before ?? null,
            off: value.off ?? null,
            rows: value.rows,
          },
    lines: { zh: lines('zh'), en: lines('en') },
  })
}

async function valueFor(application: Application, order: FactorOrder & { readonly subscriberId: string }) {
  const asOf = order.day ?? (await lastNight(application.desk))
  if (asOf === undefined) return err(noFactorTable('—'))
  const engine = await application.warehouse()
  const { id, subscriberId } = order
  return explainValue(engine, application.shelf, application.catalogue.factors, { id, asOf, subscriberId })
}

function valueLines({ factor, asOf, value, before, off, rows }: ValueExplained, lang: 'zh' | 'en'): string[] {
  const lines = [`${asOf}: ${sayValue(value, factor, lang)}`]
  if (before !== undefined) lines.push(`${addDays(asOf, -1)}: ${sayValue(before, factor, lang)}`)
  if (off !== undefined) lines.push(off[lang])
  return [...lines, ...rows.flatMap(found => sourceLines(found, lang))]
}

/** The newest rows of a feed that a value came from, one a line. */
function sourceLines({ feed, total, newest }: SourceRows, lang: 'zh' | 'en'): string[] {
  const head = lang === 'zh' ? `来源行 ${feed}：共 ${total} 行` : `source rows of ${feed}: ${total}`
  return [
    head,
    ...newest.map(
      row =>
        `  ${Object.values(row)
          .map(v => String(v ?? '—'))
          .join(' | ')}`,
    ),
  ]
}

function described(factor: Factor, users: UsedBy | undefined, lang: 'zh' | 'en'): string[] {
  const words = lang === 'zh' ? labels.zh : labels.en
  const feeds = factor.feeds.map(id => feedOf(id).title[lang]).join(lang === 'zh' ? '、' : ', ')
  return [
    `${factor.title[lang]}  ${factor.id} v${factor.version}`,
    factor.means[lang],
    `${words.type}: ${factor.type}${factor.unit === undefined ? '' : `, ${factor.unit}`}`,
    ...declaredLines(factor, lang),
    `${words.kind}: ${factor.kind}${factor.window === undefined ? '' : `, ${factor.window[lang]}`}`,
    `${words.missing}: ${factor.missing[lang]}`,
    `${words.feeds}: ${feeds || '—'}`,
    `${words.needs}: ${factor.needs.join(', ') || '—'}`,
    ...usedLines(users, lang),
    `${words.defined}: ${factor.file}:${factor.line}`,
  ]
}

function usedLines(users: UsedBy | undefined, lang: 'zh' | 'en'): string[] {
  const words = lang === 'zh' ? labels.zh : labels.en
  const found = (['factors', 'rules', 'warnings', 'policies'] as const).filter(
    who => (users?.[who] ?? []).length > 0,
  )
  if (found.length === 0) return [`${words.usedBy}: —`]
  return found.map(who => `${words.usedBy} · ${words[who]}: ${(users?.[who] ?? []).join(', ')}`)
}

function declaredLines({ range, helps, twin }: Factor, lang: 'zh' | 'en'): string[] {
  const words = lang === 'zh' ? labels.zh : labels.en
  return [
    ...(range === undefined ? [] : [`${words.range}: ${range[0] ?? '…'} – ${range[1] ?? '…'}`]),
    ...(helps === undefined ? [] : [`${words.helps}: ${helps[lang]}`]),
    ...(twin === undefined ? [] : [`${words.twin}: ${twin.of} (${twin.because[lang]})`]),
  ]
}

const labels = {
  zh: {
    type: '类型',
    range: '取值范围',
    helps: '帮助的决策',
    twin: '近似因子',
    kind: '算法',
    missing: '缺失含义',
    feeds: '数据来源',
    needs: '依赖因子',
    usedBy: '被谁使用',
    factors: '因子',
    rules: '规则',
    warnings: '预警',
    policies: '政策',
    defined: '定义于',
  },
  en: {
    type: 'type',
    range: 'range',
    helps: 'helps decide',
    twin: 'twin of',
    kind: 'kind',
    missing: 'when missing',
    feeds: 'feeds',
    needs: 'from factors',
    usedBy: 'used by',
    factors: 'factors',
    rules: 'rules',
    warnings: 'warnings',
    policies: 'policies',
    defined: 'defined in',
  },
} as const
