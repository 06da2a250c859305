/** A number as it is kept: 86 13800138000 with +, blanks or dashes is 13800138000; undefined: no number. */
export function plainPhone(text: string): string | undefined {
  const digits = text.replaceAll(/[\s()-]/g, '').replace(/^(\+|00)(86(?=1\d{10}$))?/, '')
  return /^\d{5,20}$/.test(digits) ? digits : undefined
}
