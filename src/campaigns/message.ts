/** GSM 03.38: the characters that a message of 160 may have; those of its extension count twice. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extended = new Set('\f^{}\\[~]|€')

/**
 * How a text travels as SMS: its alphabet, how many units it has, and as how many messages it is charged (3GPP TS 23.038,
 * 23.040). No character is divided between two messages.
 */
export function smsSize(text: string): {
  readonly alphabet: 'gsm-7' | 'ucs-2'
  readonly units: number
  readonly parts: number
} {
  const characters = Array.from(text)
  const isGsm = characters.every(c => basic.has(c) || extended.has(c))
  const widths = characters.map(c => (isGsm ? (extended.has(c) ? 2 : 1) : c.length))
  const units = widths.reduce((sum, width) => sum + width, 0)
  const [alone, each] = isGsm ? [160, 153] : [70, 67]
  return { alphabet: isGsm ? 'gsm-7' : 'ucs-2', units, parts: units <= alone ? 1 : packed(widths, each) }
}

function packed(widths: readonly number[], each: number): number {
  let [parts, filled] = [1, 0]
  for (const width of widths) {
    if (filled + width > each) [parts, filled] = [parts + 1, 0]
    filled += width
  }
  return parts
}
