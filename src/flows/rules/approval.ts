import { audit } from '#governance'
import { err, ok } from '#kernel'
import { versionBook } from '#rules'
import type { Kind } from '../approvals/kind.ts'
import { ruleNoDraft } from './life-faults.ts'

interface Payload {
  readonly ruleId: string
  readonly version: number
}

/** An approved version is in force from the next night on; one that is not is a draft again. */
export function ruleApproval(): Kind {
  return {
    title: { zh: '启用规则', en: 'rule put into force' },
    carryOut: async (trx, { payload, decidedBy, comment }, at) => {
      const { ruleId, version } = payload as Payload
      if (!(await versionBook.activate(trx, { ruleId, version }, at))) return err(ruleNoDraft())
      const about = { subject: `rule:${ruleId}`, detail: { version } }
      await audit(trx, {
        at,
        staffId: decidedBy ?? '',
        act: 'rule.activate',
        ...about,
        reason: comment ?? undefined,
      })
      return ok(true)
    },
    letGo: async (trx, { payload }, at) => {
      const { ruleId, version } = payload as Payload
      await versionBook.move(trx, { ruleId, version, from: 'waiting', to: 'draft', at })
    },
    afterwards: () => {},
  }
}
