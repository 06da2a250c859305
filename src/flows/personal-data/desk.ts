import { exportPersonalData, personBehind } from './collect.ts'
import { erasePersonalData } from './erase.ts'

/** One customer's personal data: who that is, all of it in a folder, none of it any more. */
export const personalData = {
  behind: personBehind,
  export: exportPersonalData,
  erase: erasePersonalData,
} as const
