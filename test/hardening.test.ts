import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPassword } from '#flows'
import { buildServer, cookieName, plainSettings, readSettings } from '#http'
import { routes } from '#wire'
import { type Journey, journey } from './support/city.ts'

let city: Journey
let scratch: string
let open: FastifyInstance
let behindTls: FastifyInstance
beforeAll(async () => {
  city = await journey()
  scratch = mkdtempSync(path.join(tmpdir(), 'weiwan-hard-'))
  const page = '<meta property="csp-nonce" nonce="nonce-of-this-page" />'
  writeFileSync(path.join(scratch, 'index.html'), page)
  const options = { consoleFolder: scratch, version: 'test', logs: false }
  open = await buildServer(city.application, options)
  const settings = { ...plainSettings, address: 'https://weiwan.example.cn', proxy: '127.0.0.1' }
  behindTls = await buildServer(city.application, { ...options, settings })
})
afterAll(async () => {
  await open?.close()
  await behindTls?.close()
  await city?.close()
  rmSync(scratch, { recursive: true, force: true })
})

describe('the page', () => {
  test('admits scripts of its own, style elements by a nonce that is new each time, and nothing from elsewhere', async () => {
    const [first, second] = [await open.inject('/'), await open.inject('/tasks')]
    const policy = String(first.headers['content-security-policy'])
    const nonce = /style-src 'self' 'nonce-([\w-]+)'/.exec(policy)?.[1] ?? ''
    expect(nonce.length).toBeGreaterThan(15)
    expect(first.body).toContain(`nonce="${nonce}"`)
    expect(String(second.headers['content-security-policy'])).not.toContain(nonce)
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? ''
    expect(scripts).not.toMatch(/unsafe|https?:|\*/)
    expect(/style-src ([^;]*)/.exec(policy)?.[1]).not.toContain('unsafe')
    for (const part of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
    ]) {
      expect(policy).toContain(part)
    }
  })

  test('comes with headers that keep a browser from what the console never does', async () => {
    const { headers } = await open.inject('/')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    })
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['x-powered-by']).toBeUndefined()
    const tls = (await behindTls.inject('/')).headers
    expect(tls['strict-transport-security']).toBe('max-age=31536000')
  })
})

test('an answer of the API is kept by no cache', async () => {
  for (const url of ['/api/tasks', '/api/health', '/api/no-such-thing']) {
    expect((await open.inject(url)).headers['cache-control']).toBe('no-store')
  }
})

describe('too many requests', () => {
  const signIn = (remoteAddress: string, headers = {}) =>
    open.inject({
      method: 'POST',
      url: routes.signIn.path,
      remoteAddress,
      headers,
      payload: { login: `nobody ${Math.random()}`, password: 'not it' },
    })

  test('to sign in from one address are stopped; another address is let through', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 121; n++) statuses.push((await signIn('10.1.1.1')).statusCode)
    expect(statuses.slice(0, 120).every(status => status === 401)).toBe(true)
    const stopped = await signIn('10.1.1.1', { 'x-forwarded-for': '10.9.9.9' })
    expect(stopped.json()).toMatchObject({ code: 'request.too-many' })
    expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(0)
    expect((await signIn('10.1.1.2')).statusCode).toBe(401)
  })

  test('of one session are stopped, whatever address they come from; another session is not', async () => {
    const session = async () => {
      const reply = await open.inject({
        method: 'POST',
        url: routes.signIn.path,
        payload: { login: 'clerk', password: demoPassword },
      })
      return { [cookieName]: reply.cookies.find(c => c.name === cookieName)?.value ?? '' }
    }
    const [busy, calm] = [await session(), await session()]
    const ask = (cookies: Record<string, string>, n: number) =>
      open.inject({ url: routes.listOutcomes.path, cookies, remoteAddress: `10.2.0.${n % 200}` })
    let last = 200
    for (let n = 0; n < 1_201; n++) last = (await ask(busy, n)).statusCode
    expect(last).toBe(429)
    expect((await ask(calm, 0)).statusCode).toBe(200)
  })
})

test('who asks is believed of the proxy alone', async () => {
  const address = async (server: FastifyInstance, remoteAddress: string) => {
    const signedIn = await server.inject({
      method: 'POST',
      url: routes.signIn.path,
      remoteAddress,
      headers: { 'x-forwarded-for': '203.0.113.9' },
      payload: { login: 'analyst', password: demoPassword },
    })
    const cookies = Object.fromEntries(signedIn.cookies.map(c => [c.name, c.value]))
    const reply = await server.inject({ url: routes.listOwnSessions.path, cookies })
    return (reply.json().rows as { isThis: boolean; address: string }[]).find(r => r.isThis)?.address
  }
  expect(await address(open, '10.3.0.1')).toBe('10.3.0.1')
  expect(await address(behindTls, '127.0.0.1')).toBe('203.0.113.9')
  expect(await address(behindTls, '10.3.0.1')).toBe('10.3.0.1')
})

test('a question that may not be asked is refused before anything in it is looked at', async () => {
  const clerk = await city.as('clerk')
  const { body } = await clerk.ask('addToken', { body: { nonsense: true } as never })
  expect(body).toMatchObject({ code: 'permission.missing' })
})

describe('the sign-in settings', () => {
  const read = (text: string | undefined, env = {}) => {
    const file = path.join(scratch, 'sign-in.yaml')
    if (text === undefined) rmSync(file, { force: true })
    else writeFileSync(file, text)
    return readSettings(scratch, env)
  }
  const oidc = 'oidc:\n  issuer: https://id.example.cn\n  clientId: weiwan\n'

  test('are plain without a file', async () => {
    expect(await read(undefined)).toEqual({ ...plainSettings, address: undefined, proxy: undefined })
  })

  test('are read with what they leave out; the environment wins', async () => {
    const text = `address: https://weiwan.example.cn/\npasswords: administrators\n${oidc}`
    expect(await read(text, { WEIWAN_OIDC_CLIENT_SECRET: 'hush', WEIWAN_PROXY: '10.0.0.1' })).toMatchObject({
      address: 'https://weiwan.example.cn',
      proxy: '10.0.0.1',
      passwords: 'administrators',
      oidc: {
        claim: 'preferred_username',
        scope: 'openid profile',
        clientSecret: 'hush',
        returnTo: 'https://weiwan.example.cn/sign-in/oidc',
      },
    })
  })

  test.each([
    ['an unknown word', 'adress: https://weiwan.example.cn'],
    ['no address for the provider to send people back to', oidc],
    ['passwords closed and no other way in', 'passwords: administrators'],
    ['an address with a path', 'address: https://weiwan.example.cn/console'],
    ['no YAML', 'oidc: [clientSecret: "hush'],
    ['a list', '- 1'],
    ['a provider half named', 'address: https://a.example\noidc:\n  issuer: https://id.example.cn'],
  ])('with %s start nothing, and the secret is not repeated', async (_, text) => {
    const told: unknown = await read(text).catch((thrown: Error & { faults: unknown }) => thrown.faults)
    expect(told).toMatchObject([{ code: 'settings.malformed' }])
    expect(JSON.stringify(told)).not.toContain('hush')
  })
})
