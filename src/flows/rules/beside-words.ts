import type { PlainDate } from '#kernel'
import type { Words } from '../view/coded.ts'

/** Why something beside the factors cannot be asked on a morning. */
export const besideWords = {
  noMorning: (day: PlainDate): Words => ({
    zh: `没有 ${day} 的因子可供比较`,
    en: `there are no factors of ${day} to compare with`,
  }),
  notThen: (day: PlainDate): Words => ({ zh: `${day} 尚未计算此项`, en: `it was not worked out on ${day}` }),
  noSegments: (day: PlainDate): Words => ({
    zh: `没有 ${day} 的客群与标签`,
    en: `there are no segments and tags of ${day}`,
  }),
  noWarnings: (day: PlainDate): Words => ({
    zh: `没有 ${day} 的预警等级`,
    en: `there are no levels of warnings of ${day}`,
  }),
}
