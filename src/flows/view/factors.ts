import { type Factor, factorsOff, factorVector } from '#factors'
import { feedOf } from '#ingest'
import { addDays, err, ok, type PlainDate } from '#kernel'
import { sayValue } from '#rules'
import type { Application } from '../application.ts'
import { factorUnknown, noFactorTable, subscriberUnknown } from '../faults.ts'
import { lastNight } from '../night/record.ts'
import type { Words } from './coded.ts'

/** The catalogue of factors, and which could not be computed on the last night. */
export async function listFactors(application: Application) {
  const asOf = await lastNight(application.desk)
  const off = await offOn(application, asOf)
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
      off: off.get(f.id) ?? null,
    })),
  })
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

/** What a factor means and comes from; for a subscriber its value, and yesterday's. Faults factor.not-found, subscriber.unknown. */
export async function explainFactorFor(application: Application, order: FactorOrder) {
  const factor = application.catalogue.factors.byId.get(order.id)
  if (factor === undefined) return err(factorUnknown(order.id))
  const usedBy = application.catalogue.factors.factors.filter(f => f.needs.includes(factor.id)).map(f => f.id)
  const rules = application.catalogue.rules.filter(r => r.uses.includes(factor.id)).map(r => r.id)
  const facts = {
    factor: factor.id,
    version: factor.version,
    owner: factor.owner,
    kind: factor.kind,
    feeds: factor.feeds,
    needs: factor.needs,
    usedBy,
    rules,
  }
  const say = (lang: 'zh' | 'en') => described(factor, { usedBy, rules }, lang)
  if (order.subscriberId === undefined)
    return ok({ ...facts, values: [], lines: { zh: say('zh'), en: say('en') } })
  const asOf = order.day ?? (await lastNight(application.desk))
  if (asOf === undefined) return err(noFactorTable('—'))
  const values = await valuesOf(application, factor, order.subscriberId, asOf)
  if (values.length === 0) return err(subscriberUnknown())
  const valued = (lang: 'zh' | 'en') => values.map(v => `${v.asOf}: ${sayValue(v.value, factor, lang)}`)
  return ok({
    ...facts,
    values,
    lines: { zh: [...say('zh'), ...valued('zh')], en: [...say('en'), ...valued('en')] },
  })
}

async function valuesOf(application: Application, factor: Factor, subscriberId: string, asOf: PlainDate) {
  const engine = await application.warehouse()
  const days = [asOf, addDays(asOf, -1)]
  const rows = await Promise.all(days.map(day => factorVector(engine, application.shelf, day, subscriberId)))
  return days.flatMap((day, i) => {
    const row = rows[i]
    return row === undefined ? [] : [{ asOf: day, value: row[factor.id] ?? null }]
  })
}

function described(
  factor: Factor,
  use: { usedBy: readonly string[]; rules: readonly string[] },
  lang: 'zh' | 'en',
): string[] {
  const words = lang === 'zh' ? labels.zh : labels.en
  const feeds = factor.feeds.map(id => feedOf(id).title[lang]).join(lang === 'zh' ? '、' : ', ')
  const lines = [
    `${factor.title[lang]}  ${factor.id} v${factor.version}`,
    factor.means[lang],
    `${words.type}: ${factor.type}${factor.unit === undefined ? '' : `, ${factor.unit}`}`,
    `${words.kind}: ${factor.kind}${factor.window === undefined ? '' : `, ${factor.window[lang]}`}`,
    `${words.missing}: ${factor.missing[lang]}`,
    `${words.feeds}: ${feeds || '—'}`,
    `${words.needs}: ${factor.needs.join(', ') || '—'}`,
    `${words.usedBy}: ${[...use.usedBy, ...use.rules].join(', ') || '—'}`,
    `${words.defined}: ${factor.file}:${factor.line}`,
  ]
  return lines
}

const labels = {
  zh: {
    type: '类型',
    kind: '算法',
    missing: '缺失含义',
    feeds: '数据来源',
    needs: '依赖因子',
    usedBy: '被谁使用',
    defined: '定义于',
  },
  en: {
    type: 'type',
    kind: 'kind',
    missing: 'when missing',
    feeds: 'feeds',
    needs: 'from factors',
    usedBy: 'used by',
    defined: 'defined in',
  },
} as const
