import type { Effect } from '#wire'
import type { IntervalRow } from '../ui/interval-option.ts'

/** The effects that have an interval, for the picture. One that is honest about too little data is not drawn. */
export function intervalRows(effects: readonly Effect[], language: 'zh' | 'en'): readonly IntervalRow[] {
  return effects.flatMap(({ title, measure, verdict, differencePoints, lowPoints, highPoints }) => {
    if (verdict === 'too-little' || differencePoints === null || lowPoints === null || highPoints === null)
      return []
    const name = `${title[language]} · ${measure.title[language]}`
    const isClear = lowPoints > 0 || highPoints < 0
    return [{ name, difference: differencePoints, low: lowPoints, high: highPoints, isClear }]
  })
}
