/** A row's number out of an address; what cannot be one is the number of no row. */
export function rowId(text: string): number {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0
}
