import type { Reply } from '#wire'
import { formatShare } from '../../ui/format.ts'

type Fared = NonNullable<Reply<'backtestDraft'>['all']['own']>

/** A share with its interval. */
export function shareSaid({ share, low, high }: Fared['precision']): string {
  return share === null ? '—' : `${formatShare(share)} [${formatShare(low)}, ${formatShare(high)}]`
}

/** How many times better than picking blindly, with its interval. */
export function liftSaid({ lift, liftLow, liftHigh }: Fared): string {
  if (lift === null) return '—'
  const between =
    liftLow === null || liftHigh === null ? '' : ` [${liftLow.toFixed(1)}, ${liftHigh.toFixed(1)}]`
  return `${lift.toFixed(1)}${between}`
}
