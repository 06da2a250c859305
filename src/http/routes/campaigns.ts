import type { FastifyInstance } from 'fastify'
import { type Application, campaignDesk } from '#flows'
import { route } from '../route.ts'

/** What people plan: whom to approach with what, and how it goes. */
export function campaignRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'listCampaigns', ({ asker, query }) => campaignDesk.list(application, asker, query))
  route(server, 'listCampaignChoices', ({ asker }) => campaignDesk.choices(application, asker))
  route(server, 'checkCampaign', ({ asker, body }) => campaignDesk.check(application, asker, body.plan))
  route(server, 'addCampaign', ({ asker, body }) => campaignDesk.add(application, asker, body.plan))
  route(server, 'showCampaign', ({ asker, params }) => campaignDesk.show(application, asker, params.id))
  route(server, 'changeCampaign', ({ asker, params, body }) =>
    campaignDesk.change(application, asker, params.id, body),
  )
  route(server, 'submitCampaign', ({ asker, params, body }) =>
    campaignDesk.submit(application, asker, params.id, body),
  )
  route(server, 'dryRunCampaign', ({ asker, params }) => campaignDesk.dryRun(application, asker, params.id))
  route(server, 'testCampaign', ({ asker, params, body }) =>
    campaignDesk.testSend(application, asker, params.id, body),
  )
  route(server, 'moveCampaign', ({ asker, params, body }) =>
    campaignDesk[body.move](application, asker, params.id),
  )
}
