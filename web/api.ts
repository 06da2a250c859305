import { keepPreviousData, type QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import {
  type Body,
  type PathParts,
  pathTo,
  type Query,
  type Reply,
  type RouteId,
  routes,
  type UploadId,
  type WireFault,
} from '#wire'
import { isAttended } from './attended.ts'

/** What a request came to when it did not come to a reply. */
export class ApiFault extends Error {
  readonly fault: WireFault
  readonly status: number
  constructor(fault: WireFault, status: number) {
    super(fault.code)
    this.name = 'ApiFault'
    this.fault = fault
    this.status = status
  }
}

export interface Asked<R extends RouteId> {
  readonly parts?: PathParts<R>
  readonly query?: Query<R>
  readonly body?: Body<R>
  /** For routes that take a file: what it is called and said to be is not sent. */
  readonly file?: R extends UploadId ? Blob : never
}

const unreachable: WireFault = {
  code: 'server.unreachable',
  en: 'The server does not answer. Is it running?',
  zh: '服务器没有应答，请确认它正在运行。',
}
const garbled: WireFault = {
  code: 'server.garbled',
  en: 'The server gave an answer that cannot be read.',
  zh: '服务器的应答无法识别。',
}

export async function call<R extends RouteId>(
  route: R,
  asked: Asked<R> = {},
  signal?: AbortSignal,
): Promise<Reply<R>> {
  const response = await send(route, asked, signal)
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok && answer !== undefined) return answer as Reply<R>
  throw new ApiFault(isFault(answer) ? answer : garbled, response.status)
}

async function send<R extends RouteId>(
  route: R,
  { parts, query, body, file }: Asked<R>,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const { method } = routes[route]
  const url = pathTo(route, parts ?? ({} as PathParts<R>)) + searchOf(query)
  try {
    return await fetch(url, {
      method,
      signal: signal ?? null,
      headers: {
        accept: 'application/json',
        ...(isAttended() ? {} : { 'x-unattended': '1' }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(file === undefined ? {} : { 'content-type': 'application/octet-stream' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(file === undefined ? {} : { body: file }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiFault(unreachable, 0)
  }
}

function searchOf(query: unknown): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

function isFault(answer: unknown): answer is WireFault {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'zh' in answer && 'en' in answer
}

/** Any error as a fault with words; what is not a fault is a bug of ours and goes on up. */
export function faultOf(error: unknown): WireFault {
  if (error instanceof ApiFault) return error.fault
  throw error
}

/** The same question has the same key everywhere, so that an answer is fetched once and can be replaced. */
export function keyOf<R extends RouteId>(route: R, asked: Asked<R> = {}) {
  return [route, asked.parts ?? null, asked.query ?? null] as const
}

export function question<R extends RouteId>(route: R, asked: Asked<R> = {}) {
  return { queryKey: keyOf(route, asked), queryFn: () => call(route, asked) }
}

interface Manner<R extends RouteId> {
  /** Asked again this often, in milliseconds; it may depend on the last answer. */
  readonly every?: number | false | ((last: Reply<R> | undefined) => number)
  readonly enabled?: boolean
  /** Shows the last answer while the next one is fetched: for pages of a list. */
  readonly keeps?: boolean
}

export function useReply<R extends RouteId>(
  route: R,
  asked: Asked<R> = {},
  { every = false, enabled = true, keeps = false }: Manner<R> = {},
): UseQueryResult<Reply<R>> {
  return useQuery<Reply<R>>({
    ...question(route, asked),
    refetchInterval: typeof every === 'function' ? query => every(query.state.data) : every,
    enabled,
    ...(keeps ? { placeholderData: keepPreviousData } : {}),
  })
}

/** After a task changed, the lists and the customer's history are no longer what they were. */
export async function forgetLists(client: QueryClient): Promise<void> {
  const stale: readonly RouteId[] = ['listTasks', 'showSubscriber', 'findSubscribers', 'listOutbox']
  await Promise.all(stale.map(route => client.invalidateQueries({ queryKey: [route] })))
}
