import Type, { type Static } from 'typebox'
import { type Fen, yuan } from '#kernel'
import { channel, fenAmount, id, words } from './words.ts'

/** What a customer gets for the recharge asked: money into the account, data, or nothing but our attention. */
const bonus = Type.Union([
  Type.Object({ kind: Type.Literal('none') }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('money'), amountFen: fenAmount }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal('data'), amountKib: Type.Integer({ minimum: 1 }) },
    { additionalProperties: false },
  ),
])

export const offerShape = Type.Object(
  {
    id,
    title: words,
    means: words,
    /** The recharge it asks for; 0 asks for none. */
    asksFen: fenAmount,
    bonus,
    /** Days it holds, counted from the day of contact. */
    holdsDays: Type.Integer({ minimum: 0, maximum: 366 }),
    /** What it costs us when it is taken. */
    costFen: fenAmount,
    channels: Type.Array(channel, { minItems: 1 }),
    /** The message, with {asks}, {bonus} and {days}; only an offer that goes by SMS has one. */
    smsText: Type.Optional(words),
  },
  { additionalProperties: false },
)
/** What we may propose, with its cost. */
export type Offer = Static<typeof offerShape>

export type Language = 'zh' | 'en'

/** What may stand in braces in a message or a script. */
export const placeholders = ['asks', 'bonus', 'days'] as const
type Placeholder = (typeof placeholders)[number]

/** Placeholders written in a text that nothing would fill. */
export function unknownPlaceholders(text: string): readonly string[] {
  const written = [...text.matchAll(/\{([^}]*)\}/g)].map(m => m[1] ?? '')
  return written.filter(name => !(placeholders as readonly string[]).includes(name))
}

/** A message or script with the offer's own values in place of {asks}, {bonus} and {days}. */
export function fill(text: string, offer: Offer, lang: Language): string {
  const values: Readonly<Record<Placeholder, string>> = {
    asks: yuan(offer.asksFen as Fen).replace(/\.00$/, ''),
    bonus: sayBonus(offer, lang),
    days: String(offer.holdsDays),
  }
  return text.replace(/\{(asks|bonus|days)\}/g, (_, name: Placeholder) => values[name])
}

function sayBonus(offer: Offer, lang: Language): string {
  const { bonus: given } = offer
  switch (given.kind) {
    case 'none':
      return ''
    case 'money':
      return yuan(given.amountFen as Fen).replace(/\.00$/, '')
    case 'data': {
      const gib = given.amountKib / 1024 / 1024
      const amount = gib >= 1 ? `${Math.round(gib * 10) / 10}GB` : `${Math.round(given.amountKib / 1024)}MB`
      return lang === 'zh' ? `${amount}流量` : `${amount} of data`
    }
  }
}

/** The message that offers this; undefined when it is not for SMS. */
export function smsOf(offer: Offer, lang: Language): string | undefined {
  return offer.smsText === undefined ? undefined : fill(offer.smsText[lang], offer, lang)
}
