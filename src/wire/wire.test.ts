import fc from 'fast-check'
import Fastify from 'fastify'
import { Value } from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { endpoints, pathTo, type Reply, type RouteId, routes } from './index.ts'

const ids = Object.keys(routes) as RouteId[]

describe('routes', () => {
  test('no two routes answer the same request', () => {
    const requests = ids.map(id => `${routes[id].method} ${routes[id].path}`)
    expect(new Set(requests).size).toBe(requests.length)
  })

  test('only health and the ways to sign in are open', () => {
    expect(ids.filter(id => routes[id].open)).toEqual([
      'health',
      'signIn',
      'showSignInWays',
      'startOidc',
      'finishOidc',
    ])
  })

  test('a key with any characters in it comes back out of the path as it went in', async () => {
    const app = Fastify({ routerOptions: { maxParamLength: 1000 } })
    app.get(routes.showSubscriber.path, request => request.params)
    await fc.assert(
      fc.asyncProperty(
        fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
          .filter(s => s.isWellFormed() && s !== '.' && s !== '..'),
        async id => {
          const reply = await app.inject({ url: pathTo('showSubscriber', { id }) })
          expect(reply.json()).toEqual({ id })
        },
      ),
      { numRuns: 200 },
    )
    await app.close()
  })

  test('an empty key is a bug and not another route', () => {
    expect(() => pathTo('showTask', { id: '' })).toThrow(/needs id/)
  })
})

describe('endpoints', () => {
  test('the server can compile a reader and a writer for every schema', async () => {
    const app = Fastify()
    for (const id of ids) {
      const { reply, ...request } = endpoints[id]
      app.route({
        method: routes[id].method,
        url: routes[id].path,
        schema: {
          response: { 200: reply },
          ...('body' in request ? { body: request.body } : {}),
          ...('query' in request ? { querystring: request.query } : {}),
        },
        handler: () => ({}),
      })
    }
    expect(await app.ready()).toBe(app)
    await app.close()
  })

  test('a page of more than 100 rows cannot be asked for', () => {
    const { query } = endpoints.listTasks
    expect(Value.Check(query, { pageSize: 100 })).toBe(true)
    expect(Value.Check(query, { pageSize: 101 })).toBe(false)
    expect(Value.Check(query, { page: 0 })).toBe(false)
    expect(Value.Check(query, { sort: 'password' })).toBe(false)
  })

  test('a recharge of nothing is refused', () => {
    const recharge = {
      rechargeId: 'r1',
      subscriberId: 's1',
      paidAt: '2026-11-22T01:30:00Z',
      amountFen: 5_000,
    }
    expect(Value.Check(endpoints.postRecharge.body, recharge)).toBe(true)
    expect(Value.Check(endpoints.postRecharge.body, { ...recharge, amountFen: 0 })).toBe(false)
    expect(Value.Check(endpoints.postRecharge.body, { ...recharge, amountFen: 12.5 })).toBe(false)
  })

  test('a missing value is told as null and never left out', () => {
    const session: Reply<'whoAmI'> = {
      staff: {
        id: 's1',
        login: 'li',
        name: { zh: '李', en: 'Li' },
        roles: [{ code: 'manager', title: { zh: '客户经理', en: 'manager' } }],
        unit: null,
        mustChangePassword: false,
      },
      permissions: [],
      language: 'zh',
      businessDay: '2026-11-22',
      asOf: null,
      dataThrough: null,
      living: null,
    }
    expect(Value.Check(endpoints.whoAmI.reply, session)).toBe(true)
    const { asOf: _, ...without } = session
    expect(Value.Check(endpoints.whoAmI.reply, without)).toBe(false)
  })
})
