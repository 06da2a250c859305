import type { Column } from './contract/feed.ts'
import type { unitNames } from './mapping-schema.ts'

export type SourceUnit = (typeof unitNames)[number]

/** How many of the contract's unit one of the source's is, as a fraction. */
export interface Ratio {
  readonly times: number
  readonly over: number
}

const inFen: Partial<Record<SourceUnit, Ratio>> = {
  fen: { times: 1, over: 1 },
  yuan: { times: 100, over: 1 },
  li: { times: 1, over: 10 },
}
const inSeconds: Partial<Record<SourceUnit, Ratio>> = {
  s: { times: 1, over: 1 },
  min: { times: 60, over: 1 },
  h: { times: 3600, over: 1 },
}
const inMinutes: Partial<Record<SourceUnit, Ratio>> = {
  s: { times: 1, over: 60 },
  min: { times: 1, over: 1 },
  h: { times: 60, over: 1 },
}
const inKiB: Partial<Record<SourceUnit, Ratio>> = {
  B: { times: 1, over: 1024 },
  kB: { times: 1000, over: 1024 },
  KiB: { times: 1, over: 1 },
  MB: { times: 1_000_000, over: 1024 },
  MiB: { times: 1024, over: 1 },
  GB: { times: 1_000_000_000, over: 1024 },
  GiB: { times: 1_048_576, over: 1 },
}

/** Undefined when the one cannot become the other. */
export function factorOf(from: SourceUnit, to: Column['unit']): Ratio | undefined {
  if (to === 'fen') return inFen[from]
  if (to === 's') return inSeconds[from]
  if (to === 'min') return inMinutes[from]
  return to === 'KiB' ? inKiB[from] : undefined
}
