import type { Reply, Words } from '#wire'

type Cell = Reply<'pictureDraft'>['cells'][number]
type Side = 'value' | 'stage' | 'brand' | 'branch'

export interface Sum {
  readonly code: string
  /** null: it is not known of these. */
  readonly title: Words | null
  readonly count: number
  readonly cells: readonly Cell[]
}

/** The cells by one side of the cube, the largest first. */
export function sumsBy(cells: readonly Cell[], side: Side): readonly Sum[] {
  const groups = new Map<string, Cell[]>()
  for (const cell of cells) {
    const code = cell[side]?.code ?? ''
    groups.set(code, [...(groups.get(code) ?? []), cell])
  }
  return [...groups]
    .map(([code, own]) => ({
      code,
      title: own[0]?.[side]?.title ?? null,
      count: own.reduce((sum, cell) => sum + cell.count, 0),
      cells: own,
    }))
    .toSorted((a, b) => b.count - a.count)
}
