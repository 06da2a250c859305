import { acting } from './acting.ts'
import { knowing } from './knowing.ts'
import { parties } from './parties.ts'

/** Every term of the product under its name in code. A new noun enters here first. */
export const terms = { ...parties, ...knowing, ...acting } as const

export type TermId = keyof typeof terms
