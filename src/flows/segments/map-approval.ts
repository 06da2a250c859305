import { audit } from '#governance'
import { err, ok } from '#kernel'
import { segmentVersions } from '#segments'
import type { Kind } from '../approvals/kind.ts'
import { mapNoDraft } from './faults.ts'

export interface MapPayload {
  readonly mapId: string
  readonly version: number
}

/** An approved map places everybody from the next night on; one that is not is a draft again. */
export function mapApproval(): Kind {
  return {
    title: { zh: '启用客户分布图', en: 'map of customers put into force' },
    carryOut: async (trx, { payload, decidedBy, comment }, at) => {
      const { mapId: id, version } = payload as MapPayload
      if (!(await segmentVersions.maps.activate(trx, { id, version, from: 'waiting' }, at)))
        return err(mapNoDraft())
      const about = { subject: `map:${id}`, detail: { version } }
      const reason = comment ?? undefined
      await audit(trx, { at, staffId: decidedBy ?? '', act: 'map.activate', ...about, reason })
      return ok(true)
    },
    letGo: async (trx, { payload }, at) => {
      const { mapId: id, version } = payload as MapPayload
      await segmentVersions.maps.move(trx, { id, version, from: 'waiting', to: 'draft', at })
    },
    afterwards: () => {},
  }
}
