import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import type { CampaignCheck, CampaignPlan } from '#wire'
import { FaultNote } from '../../answer.tsx'
import { call } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { formatCount, formatFen } from '../../ui/format.ts'
import { useSettled } from '../rules/use-preview.ts'

/** What a plan would mean, asked while it is written: all that is wrong with it, or whom it finds and what that costs. */
export function CheckPanel({ plan }: { readonly plan: CampaignPlan | undefined }) {
  const { say, pick } = useSay()
  const settled = useSettled(plan ?? null)
  const check = useQuery({
    queryKey: ['checkCampaign', JSON.stringify(settled)],
    queryFn: ({ signal }) => call('checkCampaign', { body: { plan: settled as CampaignPlan } }, signal),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (check.error !== null) return <FaultNote error={check.error} />
  const found = check.data
  if (settled === null || found === undefined)
    return <span className="faint">{say.campaigns.previewMore}</span>
  if (found.picture === null)
    return (
      <Alert
        type="warning"
        title={
          <ul>
            {found.faults.map(fault => (
              <li key={`${fault.code} ${fault.at?.['path'] ?? ''}`}>{pick(fault)}</li>
            ))}
          </ul>
        }
      />
    )
  return <Picture picture={found.picture} asOf={found.asOf} />
}

interface PictureProps {
  readonly picture: NonNullable<CampaignCheck['picture']>
  readonly asOf: string | null
}

function Picture({ picture, asOf }: PictureProps) {
  const { say, pick } = useSay()
  const words = say.campaigns
  const { sms } = picture
  return (
    <div className="stack" role="status">
      <div>
        {pick(picture.sentence)}
        {picture.listed === null ? null : ` ${words.listed({ count: formatCount(picture.listed) })}`}
      </div>
      <div className="strong">
        {words.finds({
          found: formatCount(picture.found),
          approached: formatCount(picture.approached),
          aside: formatCount(picture.aside),
        })}
      </div>
      <div>
        {words.takes({ days: formatCount(picture.days) })} ·{' '}
        {words.costs({ yuan: formatFen(picture.offerFen) })}
      </div>
      {picture.overBudget ? <Alert type="warning" title={words.overBudget} /> : null}
      {sms === null ? null : (
        <div>
          <blockquote>{sms.text}</blockquote>
          <div className="small">
            {words.sms({
              units: formatCount(sms.units),
              parts: formatCount(sms.parts),
              yuan: formatFen(sms.costFen),
            })}
          </div>
        </div>
      )}
      {asOf === null ? null : <div className="faint small">{words.snapshot({ day: asOf })}</div>}
    </div>
  )
}
