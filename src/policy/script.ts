import Type, { type Static } from 'typebox'
import { id, words } from './words.ts'

export const scriptShape = Type.Object({ id, title: words, text: words }, { additionalProperties: false })
/** What staff may say on a call: paragraphs, with {asks}, {bonus} and {days} filled from the offer. */
export type Script = Static<typeof scriptShape>
