import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { CampaignPlan } from '#wire'
import { Answer, FaultNote } from '../../answer.tsx'
import { call, useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Page } from '../../ui/page.tsx'
import { PlanForm } from './plan-form.tsx'

const route = getRouteApi('/frame/campaigns/$campaignId/change')

/** A new plan. */
export function NewCampaignPage() {
  const { say } = useSay()
  return (
    <Page title={say.campaigns.add} aside={<Link to="/campaigns">{say.campaigns.title}</Link>}>
      <Compose save={plan => call('addCampaign', { body: { plan } })} />
    </Page>
  )
}

/** Another plan in the place of the one that is shown. */
export function ChangeCampaignPage() {
  const { say } = useSay()
  const { campaignId: id } = route.useParams()
  const campaign = useReply('showCampaign', { parts: { id } })
  return (
    <Page
      title={say.campaigns.edit}
      aside={
        <Link to="/campaigns/$campaignId" params={{ campaignId: id }}>
          {say.back}
        </Link>
      }
    >
      <Answer to={campaign}>
        {({ plan, version, launchedDay }) => (
          <>
            {launchedDay === null ? null : <p className="faint">{say.campaigns.frozenMore}</p>}
            <Compose
              key={version}
              begun={plan}
              save={changed => call('changeCampaign', { parts: { id }, body: { version, plan: changed } })}
            />
          </>
        )}
      </Answer>
    </Page>
  )
}

interface ComposeProps {
  readonly begun?: CampaignPlan
  readonly save: (plan: CampaignPlan) => Promise<{ readonly id: number }>
}

function Compose({ begun, save }: ComposeProps) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const choices = useReply('listCampaignChoices')
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['listCampaigns'] })
      await client.invalidateQueries({ queryKey: ['showCampaign'] })
      await navigate({ to: '/campaigns/$campaignId', params: { campaignId: String(id) } })
    },
  })
  return (
    <Answer to={choices}>
      {known => (
        <div className="stack">
          <PlanForm
            choices={known}
            busy={saving.isPending}
            onSave={plan => saving.mutate(plan)}
            {...(begun === undefined ? {} : { begun })}
          />
          {saving.error === null ? null : <FaultNote error={saving.error} />}
        </div>
      )}
    </Answer>
  )
}
