import type { ColumnType, Generated } from 'kysely'
import type { DeskDb } from '#desk'
import type { PlainDate } from '#kernel'
import type { Reach } from './roles.ts'

export type NodeLevel = 'hq' | 'province' | 'city' | 'county' | 'grid' | 'team'

export type GovernanceTables = {
  governance_node: {
    id: string
    parent_id: string | null
    level: NodeLevel
    name_zh: string
    name_en: string
    path: string
    since_day: Generated<PlainDate>
  }
  governance_node_past: {
    id: string
    parent_id: string | null
    level: NodeLevel
    name_zh: string
    name_en: string
    path: string
    from_day: PlainDate
    to_day: PlainDate
  }
  governance_staff_past: {
    id: string
    node_id: string
    roles: string[]
    is_active: boolean
    from_day: PlainDate
    to_day: PlainDate
  }
  governance_staff_placed: { staff_id: string; manager_id: string; node_path: string }
  governance_subscriber_past: {
    subscriber_id: string
    node_id: string
    manager_id: string | null
    from_day: PlainDate
    to_day: PlainDate
  }
  governance_staff: {
    id: string
    login: string
    name_zh: string
    name_en: string
    roles: string[]
    node_id: string
    language: 'zh' | 'en'
    password_hash: string
    must_change_password: Generated<boolean>
    is_active: Generated<boolean>
    value_classes: Generated<string[]>
    subscribers_max: Generated<number>
    phone: Generated<string | null>
    created_at: Date
    since_day: Generated<PlainDate>
  }
  governance_role: {
    code: string
    title_zh: string
    title_en: string
    reach: Reach
    permissions: string[]
    changed_at: Date
  }
  governance_stand_in: { manager_id: string; stand_in_id: string; from_day: PlainDate; to_day: PlainDate }
  governance_subscriber: {
    subscriber_id: string
    sub: number
    manager_id: string | null
    node_path: string
    node_id: string
    value_class: string
    since_day: Generated<PlainDate>
  }
  governance_session: { token_sha256: string; staff_id: string; created_at: Date; expires_at: Date }
  governance_sign_in_failure: { login_sha256: string; failures: number; last_at: Date; locked_until: Date }
  governance_audit: {
    id: Generated<number>
    at: Date
    staff_id: string | null
    act: string
    subject: string
    detail: ColumnType<unknown, string, never>
    reason: string | null
    from_address: string | null
    subscribers: Generated<string[]>
  }
  governance_audit_link: { position: number; entry_id: number; previous: string; hash: string }
}

export function governance(db: DeskDb): DeskDb<GovernanceTables> {
  return db.withTables<GovernanceTables>()
}
