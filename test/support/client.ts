import { type Body, type PathParts, pathTo, type Query, type Reply, type RouteId, routes } from '#wire'

interface Asked<R extends RouteId> {
  readonly parts?: PathParts<R>
  readonly query?: Query<R>
  readonly body?: Body<R>
}

/** Asks a running server over the network; anything but an answer of 200 is the test's mistake. */
export interface Client {
  ask<R extends RouteId>(route: R, asked?: Asked<R>): Promise<Reply<R>>
}

export async function clientOf(
  url: string,
  account: { readonly login: string; readonly password: string },
): Promise<Client> {
  const signedIn = await send(url, 'signIn', { body: { login: account.login, password: account.password } })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  return {
    async ask(route, asked = {}) {
      const reply = await send(url, route, asked, cookie)
      if (!reply.ok) throw new Error(`${route} answered ${reply.status}: ${await reply.text()}`)
      return reply.json() as never
    },
  }
}

function send<R extends RouteId>(url: string, route: R, { parts, query, body }: Asked<R>, cookie = '') {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) search.set(name, String(value))
  return fetch(`${url}${pathTo(route, parts ?? ({} as PathParts<R>))}?${search.toString()}`, {
    method: routes[route].method,
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}
