import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, redirect } from '@tanstack/react-router'
import { ApiFault, question } from './api.ts'
import { AccountPage } from './pages/account/account.tsx'
import { ReturnedPage } from './pages/account/returned.tsx'
import { SessionsPage } from './pages/account/sessions.tsx'
import { TokensPage } from './pages/account/tokens.tsx'
import { ApprovalsPage } from './pages/approvals/approvals.tsx'
import { ExportsPage } from './pages/approvals/exports.tsx'
import { AuditPage } from './pages/audit/audit.tsx'
import { BrokenPage } from './pages/broken.tsx'
import { CampaignPage } from './pages/campaigns/campaign.tsx'
import { CampaignsPage } from './pages/campaigns/campaigns.tsx'
import { ChangeCampaignPage, NewCampaignPage } from './pages/campaigns/compose-plan.tsx'
import { CarePage } from './pages/care/care.tsx'
import { EffectsPage } from './pages/effects.tsx'
import { FactorsPage } from './pages/factors.tsx'
import { FeedsPage } from './pages/feeds.tsx'
import { Frame } from './pages/frame.tsx'
import { ListPage } from './pages/lists/list.tsx'
import { ListsPage } from './pages/lists/lists.tsx'
import { MissingPage } from './pages/missing.tsx'
import { NightPage } from './pages/night.tsx'
import { NightsPage } from './pages/nights.tsx'
import { OrganisationPage } from './pages/organisation/organisation.tsx'
import { OutboxPage } from './pages/outbox.tsx'
import { RulePage } from './pages/rule.tsx'
import { ComposePage } from './pages/rules/compose.tsx'
import { PrecisionPage } from './pages/rules/precision.tsx'
import { RulesPage } from './pages/rules.tsx'
import { SegmentCustomersPage } from './pages/segments/customers.tsx'
import { SegmentsPage } from './pages/segments/segments.tsx'
import { SignInPage } from './pages/sign-in.tsx'
import { SubscriberPage } from './pages/subscriber.tsx'
import { SubscribersPage } from './pages/subscribers.tsx'
import { ComposeTagPage } from './pages/tags/compose-tag.tsx'
import { TagPage } from './pages/tags/tag.tsx'
import { TagCustomersPage } from './pages/tags/tag-customers.tsx'
import { TagsPage } from './pages/tags/tags.tsx'
import { TaskPage } from './pages/task.tsx'
import { TasksPage } from './pages/tasks.tsx'
import { WarningsPage } from './pages/warnings/warnings.tsx'
import { pagesFor } from './permissions.ts'
import {
  approvalSearch,
  auditSearch,
  backSearch,
  campaignSearch,
  composeSearch,
  lookupSearch,
  pageSearch,
  segmentCustomersSearch,
  segmentSearch,
  tagSearch,
  taskSearch,
  warningSearch,
} from './search.ts'

const root = createRootRouteWithContext<{ readonly client: QueryClient }>()({
  notFoundComponent: MissingPage,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: backSearch,
  component: SignInPage,
})

const returned = createRoute({ getParentRoute: () => root, path: '/sign-in/oidc', component: ReturnedPage })

/** Everything behind the sign-in: who has no session is sent there and comes back to where they wanted to go. */
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: Frame,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(question('whoAmI'))
    } catch (error) {
      if (!(error instanceof ApiFault) || error.status !== 401) throw error
      throw redirect({ to: '/sign-in', search: { back: location.href } })
    }
  },
})

const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  beforeLoad: async ({ context }) => {
    const me = await context.client.ensureQueryData(question('whoAmI'))
    throw redirect({ to: `/${pagesFor(me.permissions)[0] ?? 'tasks'}` })
  },
})

const tasks = createRoute({
  getParentRoute: () => frame,
  path: '/tasks',
  validateSearch: taskSearch,
  component: TasksPage,
})
const task = createRoute({ getParentRoute: () => frame, path: '/tasks/$taskId', component: TaskPage })
const subscribers = createRoute({
  getParentRoute: () => frame,
  path: '/subscribers',
  validateSearch: lookupSearch,
  component: SubscribersPage,
})
const subscriber = createRoute({
  getParentRoute: () => frame,
  path: '/subscribers/$subscriberId',
  component: SubscriberPage,
})
const nights = createRoute({ getParentRoute: () => frame, path: '/nights', component: NightsPage })
const night = createRoute({ getParentRoute: () => frame, path: '/nights/$day', component: NightPage })
const rules = createRoute({ getParentRoute: () => frame, path: '/rules', component: RulesPage })
const rule = createRoute({ getParentRoute: () => frame, path: '/rules/$ruleId', component: RulePage })
const precision = createRoute({
  getParentRoute: () => frame,
  path: '/rules/precision',
  component: PrecisionPage,
})
const compose = createRoute({
  getParentRoute: () => frame,
  path: '/rules/compose',
  validateSearch: composeSearch,
  component: ComposePage,
})
const campaigns = createRoute({
  getParentRoute: () => frame,
  path: '/campaigns',
  validateSearch: campaignSearch,
  component: CampaignsPage,
})
const newCampaign = createRoute({
  getParentRoute: () => frame,
  path: '/campaigns/new',
  component: NewCampaignPage,
})
const campaign = createRoute({
  getParentRoute: () => frame,
  path: '/campaigns/$campaignId',
  component: CampaignPage,
})
const changeCampaign = createRoute({
  getParentRoute: () => frame,
  path: '/campaigns/$campaignId/change',
  component: ChangeCampaignPage,
})
const factors = createRoute({
  getParentRoute: () => frame,
  path: '/factors',
  validateSearch: lookupSearch,
  component: FactorsPage,
})
const effects = createRoute({ getParentRoute: () => frame, path: '/effects', component: EffectsPage })
const outbox = createRoute({
  getParentRoute: () => frame,
  path: '/outbox',
  validateSearch: pageSearch,
  component: OutboxPage,
})
const lists = createRoute({
  getParentRoute: () => frame,
  path: '/lists',
  validateSearch: pageSearch,
  component: ListsPage,
})
const list = createRoute({ getParentRoute: () => frame, path: '/lists/$listId', component: ListPage })
const exports = createRoute({
  getParentRoute: () => frame,
  path: '/exports',
  validateSearch: pageSearch,
  component: ExportsPage,
})
const approvals = createRoute({
  getParentRoute: () => frame,
  path: '/approvals',
  validateSearch: approvalSearch,
  component: ApprovalsPage,
})
const audit = createRoute({
  getParentRoute: () => frame,
  path: '/audit',
  validateSearch: auditSearch,
  component: AuditPage,
})
const feeds = createRoute({ getParentRoute: () => frame, path: '/feeds', component: FeedsPage })

const segments = createRoute({
  getParentRoute: () => frame,
  path: '/segments',
  validateSearch: segmentSearch,
  component: SegmentsPage,
})
const segmentCustomers = createRoute({
  getParentRoute: () => frame,
  path: '/segments/customers',
  validateSearch: segmentCustomersSearch,
  component: SegmentCustomersPage,
})

const tags = createRoute({
  getParentRoute: () => frame,
  path: '/tags',
  validateSearch: tagSearch,
  component: TagsPage,
})
const composeTag = createRoute({
  getParentRoute: () => frame,
  path: '/tags/compose',
  validateSearch: composeSearch,
  component: ComposeTagPage,
})
const tag = createRoute({ getParentRoute: () => frame, path: '/tags/$tagId', component: TagPage })
const tagCustomers = createRoute({
  getParentRoute: () => frame,
  path: '/tags/$tagId/customers',
  validateSearch: pageSearch,
  component: TagCustomersPage,
})

const care = createRoute({ getParentRoute: () => frame, path: '/care', component: CarePage })

const warnings = createRoute({
  getParentRoute: () => frame,
  path: '/warnings',
  validateSearch: warningSearch,
  component: WarningsPage,
})

const account = createRoute({ getParentRoute: () => frame, path: '/account', component: AccountPage })
const sessions = createRoute({ getParentRoute: () => frame, path: '/sessions', component: SessionsPage })
const tokens = createRoute({ getParentRoute: () => frame, path: '/tokens', component: TokensPage })

const organisation = createRoute({
  getParentRoute: () => frame,
  path: '/organisation',
  component: OrganisationPage,
})

const tree = root.addChildren([
  signIn,
  returned,
  frame.addChildren([
    home,
    tasks,
    task,
    subscribers,
    subscriber,
    nights,
    night,
    rules,
    precision,
    rule,
    compose,
    campaigns,
    newCampaign,
    campaign,
    changeCampaign,
    factors,
    effects,
    outbox,
    lists,
    list,
    feeds,
    segments,
    segmentCustomers,
    tags,
    composeTag,
    tag,
    tagCustomers,
    care,
    warnings,
    organisation,
    exports,
    approvals,
    audit,
    account,
    sessions,
    tokens,
  ]),
])

export function createConsoleRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultErrorComponent: BrokenPage,
    defaultPendingMs: 300,
    scrollRestoration: true,
  })
}
