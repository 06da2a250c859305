import { askExport, cancelExport, downloadExport, listExports, showExport } from './ask.ts'
import { beginExports, exportsMade, stopExports } from './make.ts'

/** What people do with exports. */
export const exportDesk = {
  ask: askExport,
  list: listExports,
  show: showExport,
  cancel: cancelExport,
  download: downloadExport,
  /** Waits until nothing is being made here any more. */
  made: exportsMade,
  /** Begins what was left, and stops before the process ends. */
  begin: beginExports,
  stop: stopExports,
} as const
