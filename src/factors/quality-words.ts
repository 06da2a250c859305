import type { Words } from './factor.ts'
import type { Reconciled, ReconciledFeed } from './quality-reconcile.ts'

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`
const shown = (index: number): string => String(Math.round(index * 100) / 100)

export const ok: Words = { en: 'as in the mornings before', zh: '与此前一致' }

export const off: Words = { en: 'not computed that morning', zh: '当日未计算' }

export function historyShort(mornings: number): Words {
  return {
    en: `${mornings} mornings before it: too few to compare with`,
    zh: `此前仅有 ${mornings} 天可比，暂不比较`,
  }
}

export function outsideRange(outside: number, known: number): Words {
  return {
    en: `${outside} of ${known} values lie outside the range of its definition (${percent(outside / known)})`,
    zh: `${known} 个取值中有 ${outside} 个超出定义的范围（${percent(outside / known)}）`,
  }
}

export function missingJumped(now: number, most: number, mornings: number): Words {
  return {
    en: `${percent(now)} are missing; in the last ${mornings} mornings at most ${percent(most)} were`,
    zh: `缺失率 ${percent(now)}，此前 ${mornings} 天最高为 ${percent(most)}`,
  }
}

export function constant(mornings: number): Words {
  return {
    en: `everybody has the same value; in the last ${mornings} mornings values differed`,
    zh: `所有用户取值相同，而此前 ${mornings} 天各不相同`,
  }
}

export function drifted(index: number, usual: number, mornings: number): Words {
  return {
    en: `distributed otherwise than in the last ${mornings} mornings: stability index ${shown(index)}, usual up to ${shown(usual)}`,
    zh: `取值分布与此前 ${mornings} 天不同：稳定性指数 ${shown(index)}，平时不超过 ${shown(usual)}`,
  }
}

export function needsSuspect(title: Words, reason: Words): Words {
  return { en: `computed from ${title.en}: ${reason.en}`, zh: `由“${title.zh}”计算：${reason.zh}` }
}

export function notReconciled({ factor, total, absent, span }: Reconciled): Words {
  const days = `${span.from} … ${span.to}`
  return {
    en: `its total is ${factor}; the feed's rows of ${days} give ${total - absent}`,
    zh: `合计为 ${factor}，而数据源 ${days} 的明细合计为 ${total - absent}`,
  }
}

export function feedNotReconciled(
  feed: Words,
  { announced, quarantined, found, sumsOff }: ReconciledFeed,
): Words {
  const sums = sumsOff.join(', ')
  return {
    en: `${feed.en}: ${announced} rows were announced and ${quarantined} kept aside, ${found} are there${sums === '' ? '' : `; sums differ: ${sums}`}`,
    zh: `${feed.zh}：控制文件共 ${announced} 行，隔离 ${quarantined} 行，实有 ${found} 行${sums === '' ? '' : `；合计不符：${sums}`}`,
  }
}
