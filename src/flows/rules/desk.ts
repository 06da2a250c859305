import { previewOverlap, previewSensitivity, previewWhole } from './compare.ts'
import { draftsIn } from './drafts.ts'
import { previewPicture } from './picture.ts'
import { previewCount } from './preview.ts'

/** What is seen of a rule before it is put to work. */
export const rulePreview = {
  count: previewCount,
  picture: previewPicture,
  overlap: previewOverlap,
  sensitivity: previewSensitivity,
  whole: previewWhole,
  draftsIn,
} as const
