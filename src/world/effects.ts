/** What contacts do to people, planted by hand: the truth that an evaluation should find again. */

export type CustomerKind = 'high' | 'middle' | 'low'
export type ContactChannel = 'sms' | 'call'

export interface PlantedEffect {
  readonly kind: CustomerKind
  readonly offer: string
  readonly channel: ContactChannel
  /** By how many percentage points the contact changes who recharges on the contact's day or the six after it. */
  readonly points: number
}

/** A customer's kind follows from the monthly fee of the plan, in fen. */
export const kindFees = { high: 8800, middle: 3800 } as const

const table: Readonly<
  Record<string, Readonly<Record<ContactChannel, readonly [high: number, middle: number, low: number]>>>
> = {
  recharge_50_bonus_10: { sms: [0, 5, 2], call: [2, 8, 5] },
  recharge_100_bonus_30: { sms: [5, 2, -2], call: [8, 5, 0] },
  recharge_30_data_1g: { sms: [-2, 2, 8], call: [-2, 0, 8] },
  none: { sms: [-2, 0, 0], call: [2, 2, 0] },
}

export const plantedEffects: readonly PlantedEffect[] = Object.entries(table).flatMap(([offer, byChannel]) =>
  (['sms', 'call'] as const).flatMap(channel =>
    (['high', 'middle', 'low'] as const).map((kind, i) => ({
      kind,
      offer,
      channel,
      points: byChannel[channel][i] ?? 0,
    })),
  ),
)

/** The recharge that an offer moves people to make, in fen. */
export const offerAmounts: Readonly<Record<string, number>> = {
  recharge_50_bonus_10: 5000,
  recharge_100_bonus_30: 10_000,
  recharge_30_data_1g: 3000,
  none: 3000,
}

/** Days in which a contact acts: the contact's own and the six after it. */
export const effectDays = 7
