import type { Body } from '#wire'
import { askedOf, type Draft } from './draft.ts'

/** What is said of a rule beside its condition. */
export interface About {
  readonly id: string
  readonly titleZh: string
  readonly titleEn: string
  readonly meansZh: string
  readonly meansEn: string
  readonly owner: string
  readonly points: number
  readonly controlPercent: number
  readonly validFrom: string | null
  readonly validTo: string | null
  /** Keys of subscribers whom it must match, and must not. */
  readonly mustMatch: readonly string[]
  readonly mustNotMatch: readonly string[]
  /** Said in a file and not shown here: kept as it is. */
  readonly rest: Readonly<Record<string, unknown>>
}

type Content = Body<'saveRule'>['rule']
type Words = { readonly zh?: string; readonly en?: string }
type Test = { readonly subscriber?: string; readonly matches: boolean }

export const aboutNothing: About = {
  id: '',
  titleZh: '',
  titleEn: '',
  meansZh: '',
  meansEn: '',
  owner: '',
  points: 0,
  controlPercent: 10,
  validFrom: null,
  validTo: null,
  mustMatch: [],
  mustNotMatch: [],
  rest: {},
}

export function aboutOf(content: Content): About {
  const title = (content['title'] ?? {}) as Words
  const means = (content['means'] ?? {}) as Words
  const tests = (content['tests'] ?? []) as readonly Test[]
  const named = (matches: boolean) =>
    tests.flatMap(t => (t.subscriber !== undefined && t.matches === matches ? [t.subscriber] : []))
  const others = tests.filter(t => t.subscriber === undefined)
  const text = (name: string) => (typeof content[name] === 'string' ? content[name] : null)
  const level = content['levelAtLeast']
  return {
    id: text('id') ?? '',
    titleZh: title.zh ?? '',
    titleEn: title.en ?? '',
    meansZh: means.zh ?? '',
    meansEn: means.en ?? '',
    owner: text('owner') ?? '',
    points: Number(content['points'] ?? 0),
    controlPercent: Number(content['controlPercent'] ?? 10),
    validFrom: text('validFrom'),
    validTo: text('validTo'),
    mustMatch: named(true),
    mustNotMatch: named(false),
    rest: {
      ...(others.length === 0 ? {} : { tests: others }),
      ...(level === undefined ? {} : { levelAtLeast: level }),
    },
  }
}

/** The whole rule as it is sent; undefined while there is no condition. */
export function contentFrom(about: About, draft: Draft): Content | undefined {
  const asked = askedOf(draft)
  if (asked === undefined) return undefined
  const { rest, validFrom, validTo, points, controlPercent, owner } = about
  const kept = (rest['tests'] ?? []) as readonly unknown[]
  const tests = [
    ...kept,
    ...about.mustMatch.map(subscriber => ({ subscriber, matches: true })),
    ...about.mustNotMatch.map(subscriber => ({ subscriber, matches: false })),
  ]
  return {
    ...rest,
    id: about.id,
    title: { zh: about.titleZh, en: about.titleEn },
    means: { zh: about.meansZh, en: about.meansEn },
    owner,
    points,
    controlPercent,
    ...asked,
    ...(validFrom === null ? {} : { validFrom }),
    ...(validTo === null ? {} : { validTo }),
    ...(tests.length === 0 ? {} : { tests }),
  }
}
