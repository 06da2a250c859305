import type { Fault } from '#kernel'
import type { FeedId } from './contract/feed.ts'

export type Verdict = 'pass' | 'warn' | 'hold'
export type CheckName =
  | 'freshness'
  | 'completeness'
  | 'volume'
  | 'distribution'
  | 'repetition'
  | 'duplicates'
  | 'references'
  | 'quarantine'

/** One thing a check found, in a sentence of each language. */
export interface Finding {
  readonly check: CheckName
  readonly verdict: Verdict
  readonly en: string
  readonly zh: string
}

/**
 * How a feed stands on a morning: the worst of its findings. `off`: never delivered; what depends on it is switched off.
 */
export interface CheckedFeed {
  readonly feed: FeedId
  readonly verdict: Verdict | 'off'
  readonly findings: readonly Finding[]
}

export function worst(findings: readonly Finding[]): Verdict {
  const has = (verdict: Verdict) => findings.some(f => f.verdict === verdict)
  return has('hold') ? 'hold' : has('warn') ? 'warn' : 'pass'
}

function finding(check: CheckName, verdict: Verdict, en: string, zh: string): Finding {
  return { check, verdict, en, zh }
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`

export function fresh(day: string): Finding {
  return finding('freshness', 'pass', `delivered up to ${day}`, `已交付至 ${day}`)
}

export function late(verdict: Verdict, wanted: string, last: string | undefined): Finding {
  const [en, zh] =
    last === undefined ? ['nothing earlier', '此前无数据'] : [`the last is ${last}`, `最近为 ${last}`]
  return finding(
    'freshness',
    verdict,
    `${wanted} has not been delivered; ${en}`,
    `${wanted} 的数据未到，${zh}`,
  )
}

export function refused(fault: Fault): Finding {
  return finding('freshness', 'hold', `a delivery was refused: ${fault.en}`, `有交付被拒收：${fault.zh}`)
}

export function newerRefused(fault: Fault): Finding {
  return finding(
    'freshness',
    'warn',
    `a newer delivery was refused, the earlier one is used: ${fault.en}`,
    `新的交付被拒收，沿用此前版本：${fault.zh}`,
  )
}

export function complete(verdict: Verdict, column: string, expected: number, found: number): Finding {
  const agree = expected === found
  return finding(
    'completeness',
    verdict,
    agree
      ? `the total of ${column} is ${found}, as announced`
      : `the total of ${column} is ${found}, announced was ${expected}`,
    agree ? `${column} 合计 ${found}，与控制文件一致` : `${column} 合计 ${found}，控制文件为 ${expected}`,
  )
}

export function announcedRows(rows: number): Finding {
  return finding('completeness', 'pass', `${rows} rows, as announced`, `${rows} 行，与控制文件一致`)
}

export function noControl(): Finding {
  return finding('completeness', 'pass', 'no control total was delivered', '未提供控制总数')
}

export function volume(verdict: Verdict, rows: number, expected: number): Finding {
  const usual = Math.round(expected)
  return finding(
    'volume',
    verdict,
    `${rows} rows; ${usual} are usual for such a day`,
    `${rows} 行，同类日期通常为 ${usual} 行`,
  )
}

export function tooLittleHistory(rows: number): Finding {
  return finding(
    'volume',
    'pass',
    `${rows} rows; too little history to compare`,
    `${rows} 行，历史不足，暂不比较`,
  )
}

export function shifted(verdict: Verdict, column: string, index: number): Finding {
  const shown = Math.round(index * 100) / 100
  return finding(
    'distribution',
    verdict,
    `the values of ${column} are distributed otherwise than in the last 28 days (stability index ${shown})`,
    `${column} 的取值分布与近 28 天不同（稳定性指数 ${shown}）`,
  )
}

export function steady(): Finding {
  return finding(
    'distribution',
    'pass',
    'values are distributed as in the last 28 days',
    '取值分布与近 28 天一致',
  )
}

export function repeated(rows: number, day: string): Finding {
  return finding(
    'repetition',
    'hold',
    `the ${rows} rows are distributed exactly as those of ${day}: the same day seems to have been delivered again`,
    `${rows} 行的取值分布与 ${day} 完全相同，疑为重复交付同一天的数据`,
  )
}

const shareWords: Readonly<Record<'duplicates' | 'references' | 'quarantine', readonly [string, string]>> = {
  duplicates: ['repeat an earlier key', '主键重复'],
  references: ['name something unknown', '引用了不存在的对象'],
  quarantine: ['were kept aside', '被隔离'],
}

export function share(check: keyof typeof shareWords, verdict: Verdict, some: number, of: number): Finding {
  const [en, zh] = shareWords[check]
  const part = percent(of === 0 ? 0 : some / of)
  return finding(
    check,
    verdict,
    `${some} of ${of} rows ${en} (${part})`,
    `${of} 行中 ${some} 行${zh}（${part}）`,
  )
}
