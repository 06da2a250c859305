import type { Fault } from '#kernel'

/** A row as it stands in a file; `doubts` are cells whose text is not what somebody wrote there, by their position. */
export interface SheetRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly doubts: ReadonlyMap<number, Fault>
}

/** What cannot be read as a row. */
export interface BrokenRow {
  readonly line: number
  readonly broken: Fault
}
