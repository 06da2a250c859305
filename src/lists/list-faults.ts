import {
  actionUnknown,
  formulaInCell,
  keyMalformed,
  keyMissing,
  listEmpty,
  listForbidden,
  listNotNow,
  listTooLong,
  listUnknown,
  notFound,
} from './faults.ts'

/** What may be said of a list by whoever reads its file or is asked for it. */
export const listFaults = {
  unknown: listUnknown,
  forbidden: listForbidden,
  notNow: listNotNow,
  empty: listEmpty,
  tooLong: listTooLong,
  actionUnknown,
  notFound,
  formula: formulaInCell,
  keyMissing,
  keyMalformed,
} as const
