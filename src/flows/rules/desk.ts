import { ruleMaker } from './acting.ts'
import { backtest } from './backtest.ts'
import { previewOverlap, previewSensitivity, previewWhole } from './compare.ts'
import { draftsIn } from './drafts.ts'
import { rulesFared } from './fared.ts'
import { askToActivate, retireRule, saveRule } from './life.ts'
import { previewPicture } from './picture.ts'
import { previewCount } from './preview.ts'
import { importRules, listVersions, writeRules } from './versions.ts'
import { whyRules } from './why.ts'

/** The life of a rule: draft, waiting for a second person, active, retired. */
export const ruleDesk = {
  save: saveRule,
  activate: askToActivate,
  retire: retireRule,
  versions: listVersions,
  write: writeRules,
  import: importRules,
  maker: ruleMaker,
  why: whyRules,
} as const

/** What is seen of a rule before it is put to work, and how those that work did. */
export const rulePreview = {
  count: previewCount,
  picture: previewPicture,
  overlap: previewOverlap,
  sensitivity: previewSensitivity,
  backtest,
  precision: rulesFared,
  whole: previewWhole,
  draftsIn,
} as const
