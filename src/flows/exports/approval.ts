import { ok } from '#kernel'
import type { Application } from '../application.ts'
import type { Kind } from '../approvals/kind.ts'
import { moveExport } from './book.ts'
import { makeExports } from './make.ts'

interface Payload {
  readonly exportId: number
}

/** An approved export is queued in the decision's own transaction; one that is not is never made. */
export function exportApproval(application: Application): Kind {
  return {
    title: { zh: '导出', en: 'export' },
    carryOut: async (trx, { payload }) =>
      ok(await moveExport(trx, (payload as Payload).exportId, ['waiting'], { state: 'queued' })),
    letGo: async (trx, { payload, state }) => {
      const to = state === 'cancelled' ? 'cancelled' : 'refused'
      await moveExport(trx, (payload as Payload).exportId, ['waiting'], { state: to })
    },
    afterwards: () => void makeExports(application),
  }
}
