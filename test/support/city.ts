import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { inject } from 'vitest'
import { type Application, demoPassword, openApplication } from '#flows'
import { buildServer, cookieName } from '#http'
import { type Clock, momentOn, plainDate } from '#kernel'
import { type Body, pathTo, type RouteId, routes, type UploadId } from '#wire'
import './template.setup.ts'

/** A copy of a city's data folder, the template's unless told. */
export function copyOfCity(from = inject('template')): { readonly folder: string; remove(): void } {
  const home = mkdtempSync(path.join(tmpdir(), 'weiwan-city-'))
  const folder = path.join(home, 'data')
  // PostgreSQL insists on the modes of its folder: cp -a keeps them.
  execFileSync('cp', ['-a', from, folder])
  // The source's paths are absolute; a copy has its own.
  const source = { mappingFile: path.join(folder, 'city', 'mapping.yaml'), folder: path.join(folder, 'city') }
  writeFileSync(path.join(folder, 'source.json'), JSON.stringify(source))
  return { folder, remove: () => rmSync(home, { recursive: true, force: true }) }
}

/** The template's last morning: its lists are untouched. */
export const today = plainDate('2026-09-14')

/** Half past ten on a real day: outside all quiet hours. */
export const halfPastTen: Clock = { now: () => momentOn(plainDate('2026-11-22'), 630, 'Asia/Shanghai') }

export interface Journey {
  readonly application: Application
  readonly server: FastifyInstance
  as(login: string): Promise<Caller>
  close(): Promise<void>
}

/** Somebody who is signed in (or not), asking the API as a browser would. */
export interface Caller {
  ask<R extends RouteId>(route: R, more?: Ask<R>): Promise<{ readonly status: number; readonly body: never }>
  /** The same for a route that answers with a file. */
  download(
    route: RouteId,
    more?: Ask<RouteId>,
  ): Promise<{ readonly status: number; readonly content: Buffer }>
}

interface Ask<R extends RouteId> {
  readonly parts?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Body<R>
  readonly file?: R extends UploadId ? Buffer | string : never
}

export async function journey(clock: Clock = halfPastTen): Promise<Journey> {
  const city = copyOfCity()
  const application = await openApplication({ dataFolder: city.folder, clock })
  const server = await buildServer(application, { version: 'test', logs: false })
  return {
    application,
    server,
    async as(login) {
      const signedIn = await caller(server, undefined).ask('signIn', {
        body: { login, password: demoPassword },
      })
      if (signedIn.status !== 200) throw new Error(`cannot sign in as ${login}`)
      return caller(server, String((signedIn as unknown as { token: string }).token))
    },
    async close() {
      await server.close()
      await application.close()
      city.remove()
    },
  }
}

export function caller(server: FastifyInstance, token: string | undefined): Caller {
  return {
    async download(route, more = {}) {
      const reply = await server.inject({
        method: routes[route].method,
        url: pathTo(route, (more.parts ?? {}) as never),
        ...(token === undefined ? {} : { cookies: { [cookieName]: token } }),
      })
      return { status: reply.statusCode, content: reply.rawPayload }
    },
    async ask(route, more = {}) {
      const reply = await server.inject({
        method: routes[route].method,
        url: pathTo(route, (more.parts ?? {}) as never),
        ...(more.query === undefined ? {} : { query: { ...more.query } }),
        ...(more.body === undefined ? {} : { payload: more.body as object }),
        ...(more.file === undefined
          ? {}
          : { payload: more.file, headers: { 'content-type': 'application/octet-stream' } }),
        ...(token === undefined ? {} : { cookies: { [cookieName]: token } }),
      })
      const cookie = reply.cookies.find(c => c.name === cookieName)
      return { status: reply.statusCode, body: reply.json(), token: cookie?.value }
    },
  }
}
