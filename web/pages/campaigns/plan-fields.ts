import type { CampaignPlan } from '#wire'

/** What the form holds: days as ISO text, money in yuan, waves as how many and how far apart. */
export interface PlanFields {
  readonly titleZh?: string
  readonly titleEn?: string
  /** A rule's id, or `list:` and a list's number; '' keeps the condition of its own that the plan came with. */
  readonly target?: string
  readonly offer?: string
  readonly purpose: CampaignPlan['purpose']
  readonly channels: CampaignPlan['channels']
  readonly smsZh?: string
  readonly smsEn?: string
  readonly script?: string
  readonly from?: string
  readonly to?: string
  readonly waveCount: number
  readonly waveEvery: number
  readonly budgetYuan?: number
  readonly perDayMax?: number
  readonly minutes: number
  readonly valueYuan?: number
  readonly controlPercent: number
  readonly successKind: CampaignPlan['success']['kind']
  readonly withinDays: number
  readonly atLeastYuan: number
  readonly stopAt?: number | null
}

export const emptyFields: PlanFields = {
  purpose: 'selling',
  channels: ['sms'],
  waveCount: 1,
  waveEvery: 7,
  minutes: 5,
  controlPercent: 10,
  successKind: 'recharged',
  withinDays: 7,
  atLeastYuan: 30,
}

export function fieldsOf(plan: CampaignPlan): PlanFields {
  const { target, success, waves = [] } = plan
  const [first, second] = waves
  return {
    titleZh: plan.title.zh,
    titleEn: plan.title.en,
    target: targetValue(target),
    offer: plan.offer,
    purpose: plan.purpose,
    channels: plan.channels,
    ...(plan.smsText === undefined ? {} : { smsZh: plan.smsText.zh, smsEn: plan.smsText.en }),
    ...(plan.script === undefined ? {} : { script: plan.script }),
    from: plan.period.from,
    to: plan.period.to,
    waveCount: Math.max(1, waves.length),
    waveEvery: first === undefined || second === undefined ? 7 : daysFrom(first.from, second.from),
    budgetYuan: plan.budgetFen / 100,
    perDayMax: plan.perDayMax,
    minutes: plan.minutes,
    valueYuan: plan.valueFen / 100,
    controlPercent: plan.controlPercent,
    successKind: success.kind,
    withinDays: success.withinDays,
    atLeastYuan: success.kind === 'recharged' ? success.atLeastFen / 100 : 30,
    ...(plan.stopAtOptOutPercent === undefined ? {} : { stopAt: plan.stopAtOptOutPercent }),
  }
}

function targetValue(target: CampaignPlan['target']): string {
  if ('list' in target) return listValue(target.list)
  return 'rule' in target ? target.rule : ''
}

export function listValue(id: number): string {
  return `list:${id}`
}

function targetOf(value: string): CampaignPlan['target'] {
  const [, list] = /^list:(\d+)$/.exec(value) ?? []
  return list === undefined ? { rule: value } : { list: Number(list) }
}

/** The plan of a form; undefined while something needed is missing. `begun`: what the form was opened with. */
export function planOf(fields: PlanFields, begun?: CampaignPlan): CampaignPlan | undefined {
  const { titleZh, target, offer, from, to, budgetYuan, perDayMax, valueYuan } = fields
  if (!titleZh?.trim() || target === undefined || offer === undefined) return undefined
  if (!from || !to || budgetYuan == null || perDayMax == null || valueYuan == null) return undefined
  if (fields.channels.length === 0 || (target === '' && begun === undefined)) return undefined
  return {
    title: { zh: titleZh.trim(), en: fields.titleEn?.trim() || titleZh.trim() },
    target: target === '' && begun !== undefined ? begun.target : targetOf(target),
    offer,
    purpose: fields.purpose,
    channels: [...fields.channels],
    ...saidIn(fields),
    period: { from, to },
    ...wavesOf(fields, from, begun),
    budgetFen: Math.round(budgetYuan * 100),
    perDayMax,
    minutes: fields.minutes,
    valueFen: Math.round(valueYuan * 100),
    controlPercent: fields.controlPercent,
    success: successOf(fields),
    ...(fields.stopAt == null ? {} : { stopAtOptOutPercent: fields.stopAt }),
  }
}

function saidIn({ smsZh, smsEn, script }: PlanFields): Pick<CampaignPlan, 'smsText' | 'script'> {
  const zh = smsZh?.trim()
  return {
    ...(zh ? { smsText: { zh, en: smsEn?.trim() || zh } } : {}),
    ...(script ? { script } : {}),
  }
}

function successOf({ successKind, withinDays, atLeastYuan }: PlanFields): CampaignPlan['success'] {
  return successKind === 'recharged'
    ? { kind: 'recharged', withinDays, atLeastFen: Math.round(atLeastYuan * 100) }
    : { kind: 'stayed', withinDays }
}

/** Waves of equal size, a fixed number of days apart; a plan's own waves stay while nobody touches them. */
function wavesOf(
  { waveCount, waveEvery }: PlanFields,
  from: string,
  begun: CampaignPlan | undefined,
): Pick<CampaignPlan, 'waves'> {
  if (begun?.waves !== undefined && begun.period.from === from) {
    const same = fieldsOf(begun)
    if (same.waveCount === waveCount && same.waveEvery === waveEvery) return { waves: begun.waves }
  }
  if (waveCount <= 1) return {}
  const each = Math.floor(100 / waveCount)
  return {
    waves: Array.from({ length: waveCount }, (_, i) => ({
      from: daysLater(from, i * waveEvery),
      percent: i === 0 ? 100 - each * (waveCount - 1) : each,
    })),
  }
}

const dayMs = 86_400_000

function daysLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs)
}
