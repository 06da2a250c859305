import { sql } from 'kysely'
import type { DeskDb } from '#desk'
import { organisation, type PlacedNode } from './organisation.ts'
import { oneTimePassword } from './password.ts'
import type { Role } from './roles.ts'
import { addStaff, type NewStaff } from './staff.ts'
import { governance } from './tables.ts'

/**
 * The first administrator of an organisation that has none, with a password to be used once; undefined when there is
 * one. The password is told here and nowhere else.
 */
export async function firstAdministrator(
  db: DeskDb,
  at: Date,
): Promise<{ readonly login: string; readonly password: string } | undefined> {
  const present = await governance(db)
    .selectFrom('governance_staff')
    .select('id')
    .where(sql<boolean>`'administrator' = any(roles)`)
    .executeTakeFirst()
  const [root] = await organisation(db)
  if (present !== undefined || root === undefined) return undefined
  const password = oneTimePassword()
  await addStaff(
    db,
    {
      login: 'admin',
      name: { zh: '管理员', en: 'Administrator' },
      roles: ['administrator'],
      nodeId: root.id,
      language: 'zh',
      password,
      mustChangePassword: true,
    },
    at,
  )
  return { login: 'admin', password }
}

export interface DemoAccount {
  readonly login: string
  readonly role: Role
  readonly name: { readonly zh: string; readonly en: string }
  readonly unit: { readonly zh: string; readonly en: string }
}

const managersPerCounty = [['high'], ['high', 'middle'], ['middle', 'low']]
const demoSubscribersMax = 3_000
/** Of the first; the others follow. Nobody in the simulated city has one of these. */
const demoPhone = 13_800_138_000
const demoNames: readonly (readonly [string, string])[] = [
  ['李娜', 'Li Na'],
  ['王强', 'Wang Qiang'],
  ['张敏', 'Zhang Min'],
  ['刘洋', 'Liu Yang'],
  ['陈静', 'Chen Jing'],
  ['杨磊', 'Yang Lei'],
  ['赵霞', 'Zhao Xia'],
  ['黄伟', 'Huang Wei'],
  ['周婷', 'Zhou Ting'],
  ['吴军', 'Wu Jun'],
  ['徐丽', 'Xu Li'],
  ['孙浩', 'Sun Hao'],
]

/**
 * Accounts for a demonstration, all with the given password, for the organisation as it stands: three account managers
 * per county (high, high and middle, middle and low value), one of every other role, and a second supervisor above the
 * campaign manager, to decide what they ask for. Those that exist stay as they are.
 */
export async function demoStaff(
  db: DeskDb,
  options: { readonly password: string; readonly at: Date },
): Promise<readonly DemoAccount[]> {
  const nodes = await organisation(db)
  const wanted = demoAccounts(nodes)
  const present = new Set(
    (await governance(db).selectFrom('governance_staff').select('login').execute()).map(row => row.login),
  )
  await Promise.all(
    wanted
      .filter(account => !present.has(account.login))
      .map(account =>
        addStaff(db, { ...account, roles: [account.role], password: options.password }, options.at),
      ),
  )
  const unit = new Map(nodes.map(node => [node.id, node.name]))
  return wanted.map(({ login, role, name, nodeId }) => ({
    login,
    role,
    name,
    unit: unit.get(nodeId) ?? name,
  }))
}

/** A demonstration's member of staff has one role. */
type DemoStaff = Omit<NewStaff, 'password' | 'roles'> & { readonly role: Role }

function demoAccounts(nodes: readonly PlacedNode[]): readonly DemoStaff[] {
  const [root] = nodes
  if (root === undefined) return []
  const city = nodes.find(node => node.level === 'city') ?? root
  const counties = nodes.filter(node => node.level === 'county')
  const county = counties[0] ?? city
  const posts = (counties.length > 0 ? counties : [city]).flatMap(node =>
    managersPerCounty.map(valueClasses => ({ role: 'account_manager' as const, node, valueClasses })),
  )
  const managers = posts.map(({ role, node, valueClasses }, i) => ({
    ...account(`manager${i + 1}`, role, node, i),
    valueClasses,
    subscribersMax: demoSubscribersMax,
  }))
  return [
    ...managers,
    account('clerk', 'clerk', county, posts.length),
    account('campaign', 'campaign_manager', city, posts.length + 1),
    account('analyst', 'analyst', city, posts.length + 2),
    account('supervisor', 'supervisor', county, posts.length + 3),
    account('supervisor2', 'supervisor', city, posts.length + 4),
    account('dispatcher', 'dispatcher', city, posts.length + 5),
    account('admin', 'administrator', root, posts.length + 6),
  ]
}

function account(login: string, role: Role, node: PlacedNode, nth: number): DemoStaff {
  const [zh, en] = demoNames[nth % demoNames.length] ?? ['员工', 'Staff']
  const round = Math.floor(nth / demoNames.length)
  const suffix = round === 0 ? '' : ` ${round + 1}`
  const name = { zh: zh + suffix, en: en + suffix }
  return { login, role, name, nodeId: node.id, language: 'zh', phone: String(demoPhone + nth) }
}
