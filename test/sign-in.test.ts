import type { FastifyInstance } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPassword, openApplication } from '#flows'
import { buildServer, plainSettings, type Settings } from '#http'
import { type Body, type PathParts, pathTo, type Reply, type RouteId, routes } from '#wire'
import { copyOfCity, halfPastTen } from './support/city.ts'
import { startProvider, type TestProvider } from './support/provider.ts'

const address = 'https://weiwan.example.cn'
let city: ReturnType<typeof copyOfCity>
let application: Awaited<ReturnType<typeof openApplication>>
let provider: TestProvider
let plain: FastifyInstance
let behindTls: FastifyInstance
/** Moves on by the test that needs it: sessions and codes end by this clock. */
let ahead = 0
const clock = { now: () => new Date(halfPastTen.now().getTime() + ahead * 1000) }

beforeAll(async () => {
  city = copyOfCity()
  application = await openApplication({ dataFolder: city.folder, clock })
  provider = await startProvider(`${address}/sign-in/oidc`)
  plain = await buildServer(application, { version: 'test', logs: false })
  behindTls = await server({ passwords: 'administrators' })
})
afterAll(async () => {
  await plain?.close()
  await behindTls?.close()
  await application?.close()
  await provider?.close()
  city?.remove()
})

function server(more: Partial<Settings> = {}) {
  const { issuer, clientId, clientSecret } = provider
  const oidc = {
    issuer,
    clientId,
    clientSecret,
    claim: 'preferred_username',
    scope: 'openid profile',
    title: { zh: '统一身份认证', en: 'Company sign-in' },
    returnTo: `${address}/sign-in/oidc`,
  }
  const settings = { ...plainSettings, address, oidc, ...more }
  return buildServer(application, { version: 'test', logs: false, settings })
}

/** A browser that keeps cookies, at one server. */
class Browser {
  readonly cookies = new Map<string, string>()
  readonly lines: string[] = []
  readonly #server: FastifyInstance
  constructor(at: FastifyInstance) {
    this.#server = at
  }
  async ask<R extends RouteId>(
    route: R,
    more: { body?: Body<R>; parts?: PathParts<R>; headers?: Record<string, string> } = {},
  ) {
    const reply = await this.#server.inject({
      method: routes[route].method,
      url: pathTo(route, more.parts ?? ({} as PathParts<R>)),
      headers: { 'user-agent': 'Firefox', ...more.headers },
      cookies: Object.fromEntries(this.cookies),
      ...(more.body === undefined ? {} : { payload: more.body as object }),
    })
    for (const { name, value } of reply.cookies) {
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    this.lines.push(...[reply.headers['set-cookie'] ?? []].flat().map(String))
    return { status: reply.statusCode, body: reply.json() as Reply<R> & { code?: string; zh?: string } }
  }
}

async function signedIn(login: string, at = plain): Promise<Browser> {
  const browser = new Browser(at)
  const { status, body } = await browser.ask('signIn', { body: { login, password: demoPassword } })
  if (status !== 200) throw new Error(String(body.code))
  return browser
}

/** Leaves for the provider as this person and comes back. */
async function throughProvider(browser: Browser, person: TestProvider['person'], back = '/tasks') {
  provider.person = person
  const left = await browser.ask('startOidc', { body: { back } })
  if (left.status !== 200) return left
  const returned = await provider.visit(left.body.url)
  return browser.ask('finishOidc', { body: { query: returned.search } })
}

const known = (login: string, sub = `person of ${login}`) => ({ sub, claims: { preferred_username: login } })

describe('a session cookie', () => {
  test('is out of reach of scripts and of other sites, and of plain http where there is https', async () => {
    const open = await signedIn('manager1')
    expect(open.lines[0]).toMatch(/^weiwan_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    const secure = await signedIn('admin', behindTls)
    expect(secure.lines[0]).toMatch(
      /^__Host-weiwan_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
    await secure.ask('signOut')
    expect(secure.cookies.size).toBe(0)
    expect((await secure.ask('whoAmI')).status).toBe(401)
  })

  test('under one name is worth nothing under the other', async () => {
    const browser = await signedIn('admin', behindTls)
    const token = browser.cookies.get('__Host-weiwan_session') ?? ''
    const other = new Browser(behindTls)
    other.cookies.set('weiwan_session', token)
    expect((await other.ask('whoAmI')).status).toBe(401)
  })

  test('keeps nobody signed in who has not touched the console for an hour', async () => {
    const browser = await signedIn('manager1')
    for (let n = 0; n < 6; n++) {
      ahead += 600
      await browser.ask('whoAmI', { headers: { 'x-unattended': '1' } })
    }
    expect((await browser.ask('whoAmI')).body.code).toBe('session.missing')
  })
})

describe('a change', () => {
  test.each([
    ['says it comes from another site', { 'sec-fetch-site': 'cross-site' }],
    ['says it comes from a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['has another origin', { origin: 'https://evil.example' }],
    ['has an origin that is hidden', { origin: 'null' }],
  ])('is refused when it %s', async (_, headers) => {
    const browser = await signedIn('manager1')
    for (const route of ['chooseLanguage', 'signOut', 'signIn', 'startOidc'] as const) {
      const { body } = await browser.ask(route, { headers, body: { language: 'en' } as never })
      expect(body.code).toBe('request.elsewhere')
    }
    expect((await browser.ask('whoAmI')).status).toBe(200)
  })

  test('is not understood as a form or as plain text, which other sites can send', async () => {
    const browser = await signedIn('manager1')
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const reply = await plain.inject({
        method: 'POST',
        url: routes.chooseLanguage.path,
        headers: { 'content-type': type },
        cookies: Object.fromEntries(browser.cookies),
        payload: '{"language":"en"}',
      })
      expect([type, reply.statusCode, reply.json().code]).toEqual([type, 415, 'request.body-type'])
    }
  })
})

describe('one’s own account', () => {
  test('shows its sessions and ends the other one; the one that asks stays', async () => {
    const first = await signedIn('manager2')
    const second = await signedIn('manager2')
    const { rows } = (await second.ask('listOwnSessions')).body
    expect(rows.map(r => r.isThis).filter(Boolean)).toHaveLength(1)
    const other = rows.find(r => !r.isThis)
    expect(other).toMatchObject({ device: 'Firefox', address: '127.0.0.1', way: 'password' })
    expect((await second.ask('endOwnSession', { parts: { id: other?.id ?? '' } })).status).toBe(200)
    expect((await first.ask('whoAmI')).status).toBe(401)
    expect((await second.ask('whoAmI')).status).toBe(200)
  })

  test('ends no session of anybody else; an administrator does', async () => {
    const theirs = await signedIn('manager3')
    const admin = await signedIn('admin')
    const manager = await signedIn('manager1')
    const all = (await admin.ask('listSessions')).body.rows
    const id = all.find(r => r.staff.login === 'manager3')?.id ?? ''
    expect((await manager.ask('endOwnSession', { parts: { id } })).body.code).toBe('session.unknown')
    expect((await manager.ask('listSessions')).body.code).toBe('permission.missing')
    expect((await theirs.ask('whoAmI')).status).toBe(200)
    expect((await admin.ask('endSession', { parts: { id } })).status).toBe(200)
    expect((await theirs.ask('whoAmI')).status).toBe(401)
  })

  test('sets up a second step with the password, signs in with it, and takes it away again', async () => {
    const browser = await signedIn('clerk')
    const wrong = await browser.ask('beginTotp', { body: { password: 'not it at all' } })
    expect(wrong.body.code).toBe('password.wrong')
    const offer = (await browser.ask('beginTotp', { body: { password: demoPassword } })).body
    const totp = new TOTP({ secret: Secret.fromBase32(offer.secret) })
    const code = () => totp.generate({ timestamp: clock.now().getTime() })
    const { codes } = (await browser.ask('confirmTotp', { body: { code: code() } })).body
    expect(codes).toHaveLength(10)
    const again = new Browser(plain)
    const body = { login: 'clerk', password: demoPassword }
    expect((await again.ask('signIn', { body })).body.code).toBe('sign-in.code-needed')
    ahead += 30
    expect((await again.ask('signIn', { body: { ...body, code: code() } })).status).toBe(200)
    expect((await again.ask('showAccount')).body.totp).toMatchObject({ recoveryCodesLeft: 10 })
    const admin = await signedIn('admin')
    const staff = (await again.ask('whoAmI')).body.staff.id
    expect((await admin.ask('endTotpOf', { parts: { staff } })).status).toBe(200)
    expect((await new Browser(plain).ask('signIn', { body })).status).toBe(200)
  })
})

test('whoever forgot their password gets one to be used once; their sessions end, and theirs alone', async () => {
  const [theirs, admin, clerk] = [await signedIn('analyst'), await signedIn('admin'), await signedIn('clerk')]
  const parts = { staff: (await theirs.ask('whoAmI')).body.staff.id }
  expect((await clerk.ask('resetPasswordOf', { parts })).body.code).toBe('permission.missing')
  const { password } = (await admin.ask('resetPasswordOf', { parts })).body
  expect((await theirs.ask('whoAmI')).status).toBe(401)
  expect((await clerk.ask('whoAmI')).status).toBe(200)
  const body = { login: 'analyst', password }
  const again = new Browser(plain)
  expect((await again.ask('signIn', { body })).body).toMatchObject({ staff: { mustChangePassword: true } })
  expect((await again.ask('listRules')).body.code).toBe('password.own-needed')
  const old = { login: 'analyst', password: demoPassword }
  expect((await new Browser(plain).ask('signIn', { body: old })).body.code).toBe('sign-in.refused')
})

describe('the company’s sign-in service', () => {
  test('lets in whom the claim names and nobody else; the same person again by subject, whatever they are called', async () => {
    const browser = new Browser(behindTls)
    expect((await browser.ask('showSignInWays')).body).toEqual({
      oidc: { zh: '统一身份认证', en: 'Company sign-in' },
      passwords: false,
    })
    const { status, body } = await throughProvider(browser, known('Manager4'))
    expect([status, body]).toMatchObject([200, { staff: { login: 'manager4' }, back: '/tasks' }])
    expect((await browser.ask('whoAmI')).status).toBe(200)
    const renamed = { sub: 'person of Manager4', claims: { preferred_username: 'admin' } }
    const second = await throughProvider(new Browser(behindTls), renamed)
    expect(second.body).toMatchObject({ staff: { login: 'manager4' } })
  })

  test('gives a stranger no account, and a second person not the account of the first', async () => {
    const stranger = await throughProvider(new Browser(behindTls), known('nobody.here'))
    expect([stranger.status, stranger.body.code]).toEqual([401, 'oidc.stranger'])
    await throughProvider(new Browser(behindTls), known('manager5'))
    const namesake = await throughProvider(new Browser(behindTls), known('manager5', 'somebody else'))
    expect(namesake.body.code).toBe('oidc.linked-otherwise')
    const nameless = await throughProvider(new Browser(behindTls), { sub: 'x', claims: {} })
    expect(nameless.body.code).toBe('oidc.stranger')
  })

  test('an address that nobody verified names nobody', async () => {
    const { issuer, clientId, clientSecret } = provider
    const oidc = { issuer, clientId, clientSecret, claim: 'email', scope: 'openid email' }
    const byMail = await server({
      oidc: { ...oidc, title: { zh: '邮箱', en: 'mail' }, returnTo: `${address}/sign-in/oidc` },
    })
    const person = (isVerified: boolean) => ({
      sub: `mail ${isVerified}`,
      claims: { email: 'manager6', email_verified: isVerified },
    })
    expect((await throughProvider(new Browser(byMail), person(false))).body.code).toBe('oidc.stranger')
    expect((await throughProvider(new Browser(byMail), person(true))).status).toBe(200)
    await byMail.close()
  })

  test('can be finished once, in time, and only by the browser that began', async () => {
    provider.person = known('manager4', 'person of Manager4')
    const browser = new Browser(behindTls)
    const left = await browser.ask('startOidc', { body: {} })
    const query = (await provider.visit(left.body.url)).search
    const thief = await new Browser(behindTls).ask('finishOidc', { body: { query } })
    expect(thief.body.code).toBe('oidc.attempt-unknown')
    const kept = new Map(browser.cookies)
    expect((await browser.ask('finishOidc', { body: { query } })).status).toBe(200)
    const replay = new Browser(behindTls)
    for (const [name, value] of kept) replay.cookies.set(name, value)
    expect((await replay.ask('finishOidc', { body: { query } })).body.code).toBe('oidc.attempt-unknown')

    const late = new Browser(behindTls)
    const lateLeft = await late.ask('startOidc', { body: {} })
    const lateQuery = (await provider.visit(lateLeft.body.url)).search
    ahead += 601
    expect((await late.ask('finishOidc', { body: { query: lateQuery } })).body.code).toBe(
      'oidc.attempt-unknown',
    )
  })

  test('says so when the provider says no', async () => {
    const { status, body } = await throughProvider(new Browser(behindTls), undefined)
    expect([status, body.code]).toEqual([401, 'oidc.denied'])
  })

  test('a code of another sign-in, or a made-up one, does not hold', async () => {
    provider.person = known('manager4', 'person of Manager4')
    const [one, two] = [new Browser(behindTls), new Browser(behindTls)]
    const first = await provider.visit((await one.ask('startOidc', { body: {} })).body.url)
    const second = await provider.visit((await two.ask('startOidc', { body: {} })).body.url)
    const mixed = new URL(second)
    mixed.searchParams.set('code', first.searchParams.get('code') ?? '')
    expect((await two.ask('finishOidc', { body: { query: mixed.search } })).body.code).toBe(
      'oidc.answer-wrong',
    )
    first.searchParams.set('code', 'made up')
    expect((await one.ask('finishOidc', { body: { query: first.search } })).body.code).toBe(
      'oidc.answer-wrong',
    )
  })

  test.each([
    [503, 'oidc.unreachable'],
    [200, 'oidc.answer-wrong'],
  ])('a provider whose token address answers %i with nonsense is told apart: %s', async (status, code) => {
    provider.instead = (request, reply) => {
      if (request.url?.startsWith('/token') !== true) return false
      reply.writeHead(status, { 'content-type': 'application/json' }).end('{"nonsense": true}')
      return true
    }
    const { body } = await throughProvider(new Browser(behindTls), known('manager4', 'person of Manager4'))
    provider.instead = undefined
    expect(body.code).toBe(code)
    expect(body.zh).toMatch(/\p{Script=Han}/u)
  })

  test('a provider that is down is said to be, and asked again the next time', async () => {
    const { clientId, clientSecret } = provider
    const gone = await startProvider(`${address}/sign-in/oidc`)
    await gone.close()
    const down = await server({
      oidc: {
        issuer: gone.issuer,
        clientId,
        clientSecret,
        claim: 'preferred_username',
        scope: 'openid',
        title: { zh: '认证', en: 'sign-in' },
        returnTo: `${address}/sign-in/oidc`,
      },
    })
    for (let n = 0; n < 2; n++) {
      const { status, body } = await new Browser(down).ask('startOidc', { body: {} })
      expect([status, body.code]).toEqual([502, 'oidc.unreachable'])
    }
    await down.close()
  })

  test('leaves passwords to administrators, for the day it is down', async () => {
    const body = (login: string) => ({ body: { login, password: demoPassword } })
    const manager = await new Browser(behindTls).ask('signIn', body('manager1'))
    expect(manager.body.code).toBe('sign-in.passwords-closed')
    expect((await new Browser(behindTls).ask('signIn', body('admin'))).status).toBe(200)
  })

  test('is not there unless it was set up', async () => {
    const browser = new Browser(plain)
    expect((await browser.ask('showSignInWays')).body).toEqual({ oidc: null, passwords: true })
    expect((await browser.ask('startOidc', { body: {} })).body.code).toBe('oidc.off')
  })

  test.each(['//evil.example', '/\\evil.example', 'https://evil.example'])(
    'sends nobody on to %s',
    async back => {
      const { body } = await new Browser(behindTls).ask('startOidc', { body: { back } })
      expect(body.code).toBe('request.malformed')
    },
  )
})
