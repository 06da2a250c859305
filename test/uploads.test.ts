import { mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { utils, write } from '@e965/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPassword } from '#flows'
import { buildServer, cookieName } from '#http'
import { pathTo, routes, uploads } from '#wire'
import { type Journey, journey } from './support/city.ts'

/** Files sent over the network, as people and machines send them, and as nobody should. */

let city: Journey
let port: number
let cookie: string
let folder: string
const address = `${pathTo('importOrganisation', {})}?what=units`

beforeAll(async () => {
  city = await journey()
  folder = path.join(city.application.dataFolder, 'uploads')
  await city.server.listen({ host: '127.0.0.1', port: 0 })
  port = (city.server.server.address() as AddressInfo).port
  cookie = await cookieOf('admin')
})
afterAll(() => city.close())

async function cookieOf(login: string): Promise<string> {
  const reply = await city.server.inject({
    method: 'POST',
    url: routes.signIn.path,
    payload: { login, password: demoPassword },
  })
  return `${cookieName}=${reply.cookies.find(c => c.name === cookieName)?.value}`
}

interface Answer {
  readonly status: number
  readonly body: { readonly code?: string; readonly faulty?: unknown[]; readonly changes?: unknown[] }
}

interface Sending {
  readonly answer: Promise<Answer>
  readonly request: http.ClientRequest
}

/** Begins a request whose body the caller writes. */
function begin(headers: Readonly<Record<string, string>> = {}): Sending {
  const request = http.request({
    host: '127.0.0.1',
    port,
    path: address,
    method: 'POST',
    headers: { cookie, 'content-type': 'application/octet-stream', ...headers },
  })
  const answer = new Promise<Answer>((resolve, reject) => {
    request.on('error', reject)
    request.on('response', reply => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('error', reject)
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) }),
      )
    })
  })
  answer.catch(() => undefined)
  return { answer, request }
}

function send(content: Buffer | string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { answer, request } = begin(headers)
  request.end(content)
  return answer
}

/** How many files this process has open that have no name any more. */
function nameless(): number {
  const links = readdirSync('/proc/self/fd').map(fd => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return ''
    }
  })
  return links.filter(link => link.startsWith(folder) && link.endsWith('(deleted)')).length
}

const units = 'id,parent,level,name_zh,name_en\n'

test('CSV in two encodings and Excel say the same, whatever they are called', async () => {
  const rows = [
    ['id', 'parent', 'level', 'name_zh', 'name_en'],
    ['u1', 'nowhere', 'team', '一班', 'One'],
  ]
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 's')
  const excel = write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
  const csv = rows.map(row => row.join(',')).join('\n')
  const gb = Buffer.concat([
    Buffer.from(`${units}u1,nowhere,team,`),
    Buffer.from('d2bbb0e0', 'hex'),
    Buffer.from(',One\n'),
  ])
  const told = await Promise.all([csv, gb, excel].map(file => send(file)))
  expect(told.map(one => one.status)).toEqual([200, 200, 200])
  expect(told[1]?.body).toEqual(told[0]?.body)
  expect(told[2]?.body).toEqual(told[0]?.body)
  expect(told[0]?.body.faulty).toMatchObject([{ line: 2, column: 'parent' }])
})

test.each([
  ['nothing', '', 'file.empty'],
  ['a picture called .csv', Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1'), 'file.not-sheet'],
  ['an archive that is no workbook', Buffer.from('PK\x03\x04 and no more'), 'file.workbook-broken'],
])('%s is told from a list by its content', async (_, content, code) => {
  const { status, body } = await send(content, { 'content-disposition': 'attachment; filename="units.csv"' })
  expect([status, body.code]).toEqual([409, code])
})

test('text that is no such list lacks its columns', async () => {
  const { status, body } = await send('<!doctype html><title>x</title>')
  expect(status).toBe(200)
  expect(body.faulty?.length).toBeGreaterThan(0)
})

test('a body that is no file is refused, and nobody who may not ask is listened to', async () => {
  for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/csv', 'text/plain'])
    expect(await send(units, { 'content-type': type })).toMatchObject({
      status: 415,
      body: { code: 'request.body-type' },
    })
  expect(await send(units, { cookie: '' })).toMatchObject({ status: 401 })
  expect(await send(units, { cookie: await cookieOf('clerk') })).toMatchObject({ status: 403 })
  expect(await send(units, { 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 })
})

test('a file that says it is too large is not listened to; one that does not say so is cut off', async () => {
  const largest = uploads.importOrganisation
  const announced = begin({ 'content-length': String(2 ** 30) })
  announced.request.flushHeaders()
  expect(await announced.answer).toMatchObject({ status: 413, body: { code: 'file.too-large' } })
  announced.request.destroy()

  const before = process.memoryUsage.rss()
  const { answer, request } = begin()
  const line = Buffer.from('u1,hq,team,a,b\n'.repeat(5_000))
  let sent = 0
  const closed = new Promise(resolve => request.once('close', resolve))
  const pump = async () => {
    while (!request.destroyed && sent < 2 ** 30) {
      const more = request.write(line)
      sent += line.length
      if (!more) await Promise.race([new Promise(resolve => request.once('drain', resolve)), closed])
    }
  }
  const pumping = pump()
  expect(await answer).toMatchObject({ status: 413, body: { code: 'file.too-large' } })
  await closed
  await pumping
  expect(sent).toBeGreaterThan(largest)
  expect(sent).toBeLessThan(2 ** 30)
  expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 2 ** 20)
  expect(nameless()).toBe(0)
})

test('a file lies under no name while it comes, and one that breaks off leaves nothing', async () => {
  const { answer, request } = begin()
  request.write(units)
  await pause(200)
  expect(nameless()).toBe(1)
  expect(readdirSync(folder)).toEqual([])
  request.destroy()
  await expect(answer).rejects.toThrow('socket hang up')
  await expect.poll(nameless).toBe(0)
  expect(await send(units)).toMatchObject({ status: 200 })
})

test('two come at once and are told apart; more than eight wait for another minute', async () => {
  const [first, second] = [begin(), begin()]
  first.request.write(`${units}a1,nowhere,team,一,`)
  second.request.write(`${units}b1,nowhere,team,二,`)
  await pause(100)
  first.request.end('one\n')
  second.request.end('two\nb1,nowhere,team,三,three\n')
  expect((await first.answer).body.faulty?.length).toBe(1)
  expect((await second.answer).body.faulty?.length).toBe(3)

  const many = Array.from({ length: 8 }, () => begin())
  for (const { request } of many) request.write(units)
  await pause(200)
  expect(await send(units)).toMatchObject({ status: 429, body: { code: 'upload.too-many' } })
  for (const { request } of many) request.end()
  expect((await Promise.all(many.map(one => one.answer))).map(one => one.status)).toEqual(Array(8).fill(200))
  expect(await send(units)).toMatchObject({ status: 200 })
})

test('what a killed server left is taken away when the next begins', async () => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'left'), 'x')
  const next = await buildServer(city.application, { version: 'test', logs: false })
  await next.ready()
  expect(readdirSync(folder)).toEqual([])
  await next.close()
})
