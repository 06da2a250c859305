/** Money in whole 分 (1/100 yuan): a safe integer here and in JSON, BIGINT in SQL. */
export type Fen = number & { readonly brand: 'Fen' }

/** Throws when the amount is not a whole, safe number: money never overflows or rounds in silence. */
export function fen(amount: number): Fen {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number of fen: ${amount}`)
  return amount as Fen
}

/** ¥12.30 for people. */
export function yuan(amount: Fen): string {
  const sign = amount < 0 ? '-' : ''
  const whole = Math.abs(amount)
  return `${sign}¥${Math.trunc(whole / 100)}.${String(whole % 100).padStart(2, '0')}`
}
