import type { FastifyInstance } from 'fastify'
import { type Application, organising } from '#flows'
import { route } from '../route.ts'
import { uploadRoute } from '../upload.ts'

/** Units, staff, roles and stand-ins, within the asker's branch. */
export function organisationRoutes(server: FastifyInstance, application: Application): void {
  route(server, 'showOrganisation', ({ asker }) => organising.showOrganisation(application, asker))
  route(server, 'setUnit', ({ asker, body }) => organising.setUnit(application, asker, body))
  route(server, 'removeUnit', ({ asker, params }) => organising.dropUnit(application, asker, params.id))
  uploadRoute(server, application, 'importOrganisation', ({ asker, query }, file) =>
    organising.importOrganisation(application, asker, {
      what: query.what,
      apply: query.apply === true,
      file,
    }),
  )
  route(server, 'listStaff', ({ asker, query }) => organising.showStaff(application, asker, query.unit))
  route(server, 'addStaff', ({ asker, body }) => organising.addColleague(application, asker, body))
  route(server, 'changeStaff', ({ asker, params, body }) =>
    organising.changeColleague(application, asker, params.id, body),
  )
  route(server, 'listRoles', () => organising.showRoles(application))
  route(server, 'setRole', ({ asker, body }) => organising.changeRole(application, asker, body))
  route(server, 'removeRole', ({ asker, params }) => organising.dropRole(application, asker, params.id))
  route(server, 'listStandIns', ({ asker }) => organising.showStandIns(application, asker))
  route(server, 'setStandIn', ({ asker, body }) => organising.setStandIn(application, asker, body))
  route(server, 'endStandIn', ({ asker, body }) => organising.dropStandIn(application, asker, body))
}
