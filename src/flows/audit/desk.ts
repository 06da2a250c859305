import { exportAudit, sealAudit, sealable, verifyAudit, verifyAuditFile } from './chain.ts'
import { lookIntoAudit } from './look.ts'

/** What people do with the audit. */
export const auditDesk = {
  look: lookIntoAudit,
  verify: verifyAudit,
  verifyFile: verifyAuditFile,
  write: exportAudit,
  sealable,
  seal: sealAudit,
} as const
