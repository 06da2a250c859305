import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Application, demoPassword, foundDemo, openApplication } from '#flows'
import { buildServer, cookieName } from '#http'
import { type RouteId, routes } from '#wire'
import { copyOfCity, halfPastTen } from './support/city.ts'

let city: ReturnType<typeof copyOfCity>
let home: string
let application: Application
const order = { subscribers: 800, seed: 5, days: 75, livedDays: 3 }

beforeAll(async () => {
  city = copyOfCity()
  home = mkdtempSync(path.join(tmpdir(), 'weiwan-first-'))
  // As `weiwan feeds load --mapping` leaves it: somebody else delivers the feeds.
  const folder = path.join(city.folder, 'city')
  writeFileSync(
    path.join(home, 'source.json'),
    JSON.stringify({ mappingFile: path.join(folder, 'mapping.yaml'), folder }),
  )
  application = await openApplication({ dataFolder: home, clock: halfPastTen })
})
afterAll(async () => {
  await application?.close()
  city?.remove()
  if (home !== undefined) rmSync(home, { recursive: true, force: true })
})

test('where a carrier delivers, the first start makes one administrator and nothing of the demonstration', async () => {
  const first = await foundDemo(application, order)
  if (!first.ok) throw new Error(first.fault.code)
  expect(first.value).toMatchObject({ daysLeft: 0, demoAccounts: [], administrator: { login: 'admin' } })
  expect(first.value.administrator?.password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
  const { rows } = await sql<{ login: string }>`select login from governance_staff`.execute(
    application.desk.db,
  )
  expect(rows).toEqual([{ login: 'admin' }])
  const second = await foundDemo(application, order)
  expect(second).toEqual({ ok: true, value: { daysLeft: 0, demoAccounts: [] } })

  const server = await buildServer(application, { version: 'test', logs: false })
  const attempt = (password: string) =>
    server.inject({ method: 'POST', url: routes.signIn.path, payload: { login: 'admin', password } })
  expect((await attempt(demoPassword)).json()).toMatchObject({ code: 'sign-in.refused' })
  const password = first.value.administrator?.password ?? ''
  const signedIn = await attempt(password)
  expect(signedIn.json()).toMatchObject({ staff: { mustChangePassword: true } })
  const cookies = { [cookieName]: signedIn.cookies.find(c => c.name === cookieName)?.value ?? '' }
  const ask = async (route: RouteId, payload?: object) => {
    const { method, path: url } = routes[route]
    return (await server.inject({ method, url, cookies, ...(payload ? { payload } : {}) })).json()
  }
  for (const route of ['listNights', 'listTokens', 'showAccount', 'listSessions'] as const) {
    expect(await ask(route)).toMatchObject({ code: 'password.own-needed' })
  }
  expect(await ask('changePassword', { current: password, next: 'mountain tea 47' })).toEqual({ done: true })
  expect((await attempt(password)).json()).toMatchObject({ code: 'sign-in.refused' })
  expect((await attempt('mountain tea 47')).json()).toMatchObject({ staff: { mustChangePassword: false } })
  await server.close()
})
