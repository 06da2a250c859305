/** What a cell of an exported list holds: text, a number, or nothing. */
export type Cell = string | number | null

/**
 * Text that a spreadsheet would take for a formula begins with an apostrophe instead. Blanks before it do not hide it; the
 * full-width signs are read as formulas by some spreadsheets.
 */
export function harmless(text: string): string {
  return /^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text
}

/** Some rows of an export, and whom they are about. */
export interface ExportedRows {
  readonly rows: readonly (readonly Cell[])[]
  readonly subscribers: readonly string[]
  /** The line of titles counts as no row. */
  readonly isTitle?: boolean
}
