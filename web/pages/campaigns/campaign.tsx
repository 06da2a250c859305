import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import type { Campaign } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { formatFen } from '../../ui/format.ts'
import { Facts, Page } from '../../ui/page.tsx'
import { CampaignActs } from './campaign-acts.tsx'
import { CampaignBadge } from './campaign-badge.tsx'
import { Report } from './report.tsx'

const route = getRouteApi('/frame/campaigns/$campaignId')

/** One campaign: what is planned, what may be done with it now, how it goes. */
export function CampaignPage() {
  const { say } = useSay()
  const { campaignId } = route.useParams()
  const campaign = useReply('showCampaign', { parts: { id: campaignId } }, { every: 30_000 })
  return (
    <Page title={say.campaigns.title} aside={<Link to="/campaigns">{say.back}</Link>}>
      <Answer to={campaign}>{found => <Shown campaign={found} />}</Answer>
    </Page>
  )
}

function Shown({ campaign }: { readonly campaign: Campaign }) {
  const { say, pick } = useSay()
  const words = say.campaigns
  const { report } = campaign
  return (
    <div className="stack">
      <div className="row">
        <h2>{pick(campaign.title)}</h2>
        <CampaignBadge state={campaign.state} />
        <span className="faint">v{campaign.version}</span>
        {campaign.mayChange ? (
          <Link to="/campaigns/$campaignId/change" params={{ campaignId: String(campaign.id) }}>
            {words.edit}
          </Link>
        ) : null}
      </div>
      {campaign.pausedWhy === null ? null : (
        <Alert type="warning" showIcon title={pick(campaign.pausedWhy)} />
      )}
      <CampaignActs campaign={campaign} />
      <div className="two">
        <section className="panel">
          <Planned campaign={campaign} />
        </section>
        {report === null ? null : (
          <section className="panel">
            <h2>{campaign.state.code === 'closed' ? words.reportClosed : words.report}</h2>
            <Report report={report} />
          </section>
        )}
      </div>
    </div>
  )
}

function Planned({ campaign }: { readonly campaign: Campaign }) {
  const { say, pick } = useSay()
  const words = say.campaigns
  const { plan } = campaign
  const success = `${words.successKinds[plan.success.kind]} · ${words.within} ${plan.success.withinDays}`
  const least = plan.success.kind === 'recharged' ? ` · ${formatFen(plan.success.atLeastFen)}` : ''
  return (
    <Facts
      rows={[
        [words.target, campaign.sentence === null ? null : pick(campaign.sentence)],
        [words.offer, campaign.offerTitle === null ? plan.offer : pick(campaign.offerTitle)],
        [words.purpose, words.purposes[plan.purpose]],
        [words.channels, plan.channels.map(c => words.channel[c]).join(' → ')],
        [words.period, words.periodOf(plan.period)],
        [words.waves, plan.waves?.map(w => `${w.from} ${w.percent}%`).join(say.comma)],
        [words.budget, formatFen(plan.budgetFen)],
        [words.perDay, plan.perDayMax],
        [words.control, `${plan.controlPercent}%`],
        [words.success, success + least],
        [words.stopAt, plan.stopAtOptOutPercent],
        [words.smsZh, plan.smsText === undefined ? null : pick(plan.smsText)],
        [words.owner, pick(campaign.owner.name)],
        [words.launched, campaign.launchedDay],
      ]}
    />
  )
}
