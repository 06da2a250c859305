export interface Words {
  readonly en: string
  readonly zh: string
}

export type FactorType = 'number' | 'integer' | 'money' | 'date' | 'text' | 'flag' | 'list'

/** What a rule has to know about a factor; a Factor of the catalogue is one. */
export interface KnownFactor {
  readonly id: string
  readonly title: Words
  readonly type: FactorType
  readonly unit?: string
  readonly feeds: readonly string[]
  /** For coded text: what each value means. */
  readonly values?: Readonly<Record<string, Words>>
}

export type KnownFactors = ReadonlyMap<string, KnownFactor>
