import type { Generated } from 'kysely'
import type { DeskDb } from '#desk'

/** How somebody proved who they are. */
export type Way = 'password' | 'totp' | 'oidc'

type SignInTables = {
  governance_session: {
    id: string
    token_sha256: string
    staff_id: string
    created_at: Date
    expires_at: Date
    seen_at: Date
    way: Way
    address: string | null
    device: string | null
  }
  governance_password_past: { staff_id: string; password_hash: string; until_at: Date }
  governance_totp: {
    staff_id: string
    secret: string
    begun_at: Date
    confirmed_at: Date | null
    last_step: Generated<number>
  }
  governance_recovery_code: { staff_id: string; code_sha256: string; used_at: Date | null }
  governance_oidc_attempt: {
    state_sha256: string
    nonce: string
    verifier: string
    back: string | null
    begun_at: Date
  }
  governance_identity: { issuer: string; subject: string; staff_id: string; linked_at: Date }
  governance_token: {
    id: string
    name: string
    token_sha256: string
    permissions: string[]
    node_id: string
    created_by: string
    created_at: Date
    expires_at: Date
    used_at: Date | null
    used_from: string | null
    revoked_at: Date | null
    revoked_by: string | null
  }
}

export function signInTables(db: DeskDb): DeskDb<SignInTables> {
  return db.withTables<SignInTables>()
}
