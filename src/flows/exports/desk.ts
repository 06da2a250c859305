import { askExport, cancelExport, downloadExport, listExports, showExport } from './ask.ts'
import { exportsMade } from './make.ts'

/** What people do with exports. */
export const exportDesk = {
  ask: askExport,
  list: listExports,
  show: showExport,
  cancel: cancelExport,
  download: downloadExport,
  /** Waits until nothing is being made here any more. */
  made: exportsMade,
} as const
