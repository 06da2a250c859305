import { isDeepStrictEqual } from 'node:util'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPassword } from '#flows'
import {
  addStaff,
  builtInRoles,
  can,
  listStaff,
  organisation,
  postsOf,
  type Staff,
  scopeFor,
  setRole,
} from '#governance'
import { permissionFor } from '#http'
import { everybody, isInScope, type RowScope } from '#kernel'
import { listTasks, type Task } from '#tasks'
import { endpoints, type RouteId, routes } from '#wire'
import { type Caller, type Journey, journey, today } from './support/city.ts'
import { question, type Subject } from './support/question.ts'

/** Every route × every role, and a role of the installation's own × somebody in scope and somebody out of it, from the tables. */

const guarded = (Object.keys(routes) as RouteId[]).filter(id => !routes[id].open && id !== 'signOut')
const nobody: Subject = { taskId: 'task_none', subscriberId: 'nobody' }
const roleCodes = [...builtInRoles.map(role => role.code), 'scout']
let city: Journey
let tasks: readonly Task[]
const people = new Map<string, { readonly staff: Staff; readonly caller: Caller }>()

beforeAll(async () => {
  city = await journey()
  const { db } = city.application.desk
  const scout = {
    code: 'scout',
    title: { zh: '巡查', en: 'scout' },
    reach: 'own',
    permissions: ['task.look', 'subscriber.look', 'night.look', 'rule.look', 'outbox.look', 'effect.look'],
  } as const
  await setRole(db, scout, new Date())
  const grid = (await organisation(db)).find(node => node.level === 'county')
  const name = { zh: '巡查员', en: 'Scout' }
  const fresh = { login: 'scout', name, roles: ['scout'], nodeId: grid?.id ?? '', password: demoPassword }
  await addStaff(db, { ...fresh, language: 'zh' }, new Date())
  tasks = (await listTasks(db, everybody, { pageSize: 1000 })).tasks
  for (const staff of await listStaff(db)) {
    const role = staff.roles[0] ?? ''
    if (!people.has(role)) people.set(role, { staff, caller: await city.as(staff.login) })
  }
})
afterAll(() => city.close())

async function scopeOn(role: string, route: RouteId): Promise<RowScope> {
  const person = people.get(role)
  const needed = permissionFor[route]
  if (person === undefined || needed === null) return { kind: 'several', of: [] }
  return scopeFor(await postsOf(city.application.desk.db, person.staff, today), needed)
}

function subjectIn(scope: RowScope, isIn: boolean): Subject | undefined {
  const task = tasks.find(one => isInScope(scope, one) === isIn)
  return task && { taskId: task.id, subscriberId: task.subscriberId }
}

function personOf(role: string) {
  const person = people.get(role)
  if (person === undefined) throw new Error(`nobody is ${role}`)
  return person
}

/** What the role may ask under a permission that has a scope; what machines tell is about anybody. */
function allowed(role: string): readonly RouteId[] {
  return guarded.filter(route => {
    const needed = permissionFor[route]
    return needed !== null && needed !== 'live.tell' && can(personOf(role).staff, needed)
  })
}

function isAbout(route: RouteId): boolean {
  const other = { taskId: 'task_other', subscriberId: 'other' }
  return JSON.stringify(question(route, nobody)) !== JSON.stringify(question(route, other))
}

test.each(guarded)('%s has a correct question of its own', route => {
  const { parts, body } = question(route, nobody) as { parts?: object; body?: unknown }
  expect(parts !== undefined).toBe(routes[route].path.includes(':'))
  const endpoint: { readonly reply: TSchema; readonly body?: TSchema } = endpoints[route]
  expect(endpoint.body === undefined || Value.Check(endpoint.body, body)).toBe(true)
})

describe.each(roleCodes)('%s', role => {
  test('may ask a route exactly when the table says so', async () => {
    const person = personOf(role)
    for (const route of guarded) {
      const { status, body } = await person.caller.ask(route, question(route, nobody) as never)
      const needed = permissionFor[route]
      const isRefused = (body as { code?: string } | undefined)?.code === 'permission.missing'
      const isForbidden = needed !== null && !can(person.staff, needed)
      expect({ route, isRefused }).toEqual({ route, isRefused: isForbidden })
      expect(status, route).toBeLessThan(500)
    }
  })

  test('somebody out of scope is the same as nobody, whatever is asked; somebody in scope is found', async () => {
    const told: { readonly route: RouteId; readonly outside: unknown; readonly nobody: unknown }[] = []
    const found: number[] = []
    for (const route of allowed(role).filter(isAbout)) {
      const scope = await scopeOn(role, route)
      const ask = (about: Subject) => personOf(role).caller.ask(route, question(route, about) as never)
      const [within, outside] = [subjectIn(scope, true), subjectIn(scope, false)]
      const missing = await ask(nobody)
      told.push({ route, outside: outside ? await ask(outside) : missing, nobody: missing })
      if (within) found.push((await ask(within)).status)
    }
    expect(told.filter(t => !isDeepStrictEqual(t.outside, t.nobody))).toEqual([])
    expect(found).not.toContain(404)
  })

  test('no list, page or report names anybody out of scope', async () => {
    for (const route of allowed(role).filter(id => routes[id].method === 'GET' && id !== 'downloadExport')) {
      const scope = await scopeOn(role, route)
      const subject = subjectIn(scope, true) ?? nobody
      const { body } = await personOf(role).caller.ask(route, question(route, subject) as never)
      const said = JSON.stringify(body)
      const named = tasks.filter(
        one =>
          !isInScope(scope, one) && (said.includes(`"${one.id}"`) || said.includes(`"${one.subscriberId}"`)),
      )
      expect({ route, named: named.map(one => one.id) }).toEqual({ route, named: [] })
    }
  })

  test('what is counted is what is in scope', async () => {
    const person = personOf(role)
    if (!can(person.staff, 'task.look')) return
    const scope = await scopeOn(role, 'listTasks')
    const own = tasks.filter(one => isInScope(scope, one)).length
    const page = (await person.caller.ask('listTasks', {})).body as {
      total: number
      counts: { count: number }[]
    }
    expect(page.total).toBe(own)
    expect(page.counts.reduce((sum, one) => sum + one.count, 0)).toBe(own)
    if (!can(person.staff, 'night.look')) return
    const nights = (await person.caller.ask('listNights', {})).body as { rows: { tasks: number }[] }
    expect(nights.rows.reduce((sum, one) => sum + one.tasks, 0)).toBe(own)
  })
})
