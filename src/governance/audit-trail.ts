import { actsTitled } from './acts.ts'
import { verifyAudit } from './audit-chain.ts'
import { chainBroken } from './audit-faults.ts'
import { auditLines, oldestThrough, sealAudit, verifyLines } from './audit-seal.ts'
import { searchAudit } from './audit-search.ts'

/** Reading, verifying and sealing the audit. Writing to it is `audit`. */
export const auditTrail = {
  acts: actsTitled,
  search: searchAudit,
  verify: verifyAudit,
  /** What a file of it holds, and whether such a file is whole. */
  lines: auditLines,
  verifyLines,
  oldestThrough,
  seal: sealAudit,
  broken: chainBroken,
} as const
