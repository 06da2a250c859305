import type { CampaignReport } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatCount, formatFen, formatPoints, formatShare } from '../../ui/format.ts'
import { Facts } from '../../ui/page.tsx'
import { SmallTable } from '../../ui/small-table.tsx'

/** Who was to be approached, what came of it, what it cost and whether it worked. */
export function Report({ report }: { readonly report: CampaignReport }) {
  const { say, pick } = useSay()
  const words = say.campaigns
  const { members, effect, universalEffect = null } = report
  return (
    <div className="stack">
      <Facts
        rows={[
          [
            words.members,
            words.membersOf({
              treated: formatCount(members.treated),
              control: formatCount(members.control),
              universal: formatCount(members.universal),
            }),
          ],
          [words.waves, report.waves.length > 1 ? report.waves.map(formatCount).join(say.comma) : null],
          [words.issued, formatCount(report.issued)],
          [words.spent, formatFen(report.spentFen)],
          [words.effect, effect === null ? words.noEffect : null],
        ]}
      />
      {effect === null ? null : <EffectLine effect={effect} against={words.againstOwn} />}
      {universalEffect === null ? null : (
        <EffectLine effect={universalEffect} against={words.againstUniversal} />
      )}
      <SmallTable
        rows={report.tasks}
        keyOf={row => row.code}
        nothing={say.none}
        columns={[
          { title: say.state, of: row => pick(row.title) },
          { title: words.count, of: row => formatCount(row.count), isNumber: true },
        ]}
      />
    </div>
  )
}

interface EffectProps {
  readonly effect: NonNullable<CampaignReport['effect']>
  /** Compared with whom. */
  readonly against: string
}

function EffectLine({ effect, against }: EffectProps) {
  const { say, pick } = useSay()
  const words = say.campaigns
  const share = (rate: number | null) => (rate === null ? '—' : formatShare(rate))
  return (
    <div>
      <div>
        <span className="faint">{against}</span> {pick(effect.verdictTitle)}
      </div>
      {effect.differencePoints === null ? null : (
        <div className="small">
          {words.effectOf({
            treated: share(effect.treated.rate),
            control: share(effect.control.rate),
            points: formatPoints(effect.differencePoints),
          })}
        </div>
      )}
      <div className="small faint">{words.pending({ count: formatCount(effect.pending) })}</div>
    </div>
  )
}
