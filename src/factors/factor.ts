import type { FeedId } from '#ingest'

export interface Words {
  readonly en: string
  readonly zh: string
}

/**
 * What a value is, and how it lies in the factor table: number DOUBLE, integer and money BIGINT (money in whole fen),
 * date DATE, text VARCHAR, flag BOOLEAN, list VARCHAR[].
 */
export type FactorType = 'number' | 'integer' | 'money' | 'date' | 'text' | 'flag' | 'list'

export type Range = readonly [min: number | null, max: number | null]

export interface Twin {
  readonly of: string
  readonly because: Words
}

/** What we know about one subscriber on one day, and what that means. Its id is its column in the factor table. */
export interface Factor {
  readonly id: string
  readonly title: Words
  readonly means: Words
  /** What an empty value says. */
  readonly missing: Words
  readonly subject: Words
  readonly type: FactorType
  /** `fen`, `day`, `fen/day`; absent for text, dates, flags. A share is a number of unit `share`. */
  readonly unit?: string
  /** Between which values, both included, it must lie; null where there is no limit. Values outside are suspect. */
  readonly range?: Range
  /** For coded text: what each value means. */
  readonly values?: Readonly<Record<string, Words>>
  /** Which decision it helps. */
  readonly helps?: Words
  /** A factor that it nearly always agrees with, and why both are there. */
  readonly twin?: Twin
  readonly kind: string
  /** How far it looks back, when it looks over a window. */
  readonly window?: Words
  /** Feeds it is computed from, through other factors too. Without one of them it is switched off. */
  readonly feeds: readonly FeedId[]
  /** Factors it is computed from directly. */
  readonly needs: readonly string[]
  readonly owner: string
  readonly version: number
  /** The live fact that overrides it in the moment before a contact. */
  readonly live?: string
  readonly file: string
  readonly line: number
}
