export { type Arriving, clearKept, fileAt, type KeptFile, keepFile } from './kept.ts'
export type { BrokenRow } from './row.ts'
export { openSheet, type Sheet, type SheetLine } from './sheet.ts'
