import type { FastifyInstance } from 'fastify'
import type { OrganisationNode } from '#governance'

export const password = 'bench of a river 71'
export const cities = 10
export const countiesPerCity = 10
export const gridsPerCounty = 20

/** A province of 10 cities with 100 counties and 2,000 grids: `c1`, `k1_1`, `g1_1_1` and so on below `p1` of `hq`. */
export function province(): readonly OrganisationNode[] {
  const named = (id: string, parentId: string | null, level: OrganisationNode['level']) => {
    return { id, parentId, level, name: { zh: id, en: id } }
  }
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)
  return [
    named('hq', null, 'hq'),
    named('p1', 'hq', 'province'),
    ...upTo(cities).flatMap(c => [
      named(`c${c}`, 'p1', 'city'),
      ...upTo(countiesPerCity).flatMap(k => [
        named(`k${c}_${k}`, `c${c}`, 'county'),
        ...upTo(gridsPerCounty).map(g => named(`g${c}_${k}_${g}`, `k${c}_${k}`, 'grid')),
      ]),
    ]),
  ]
}

/** Signs one of the province's staff in; the cookie to ask with. */
export async function signedIn(server: FastifyInstance, login: string): Promise<string> {
  const reply = await server.inject({ method: 'POST', url: '/api/session', payload: { login, password } })
  const [cookie] = reply.cookies
  if (cookie === undefined) throw new Error(`${login} cannot sign in: ${reply.body}`)
  return `${cookie.name}=${cookie.value}`
}
