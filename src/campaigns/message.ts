/** GSM 03.38: the characters that a message of 160 may have; those of its extension count twice. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extended = new Set('\f^{}\\[~]|€')

/** How a text travels as SMS: its alphabet, how many units it has, and as how many messages it is charged (3GPP TS 23.038, 23.040). */
export function smsSize(text: string): {
  readonly alphabet: 'gsm-7' | 'ucs-2'
  readonly units: number
  readonly parts: number
} {
  const isGsm = [...text].every(c => basic.has(c) || extended.has(c))
  const units = isGsm ? [...text].reduce((sum, c) => sum + (extended.has(c) ? 2 : 1), 0) : text.length
  const [alone, each] = isGsm ? [160, 153] : [70, 67]
  return { alphabet: isGsm ? 'gsm-7' : 'ucs-2', units, parts: units <= alone ? 1 : Math.ceil(units / each) }
}
