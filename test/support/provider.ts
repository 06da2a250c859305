import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export interface Person {
  readonly sub: string
  readonly claims: Readonly<Record<string, unknown>>
}

/** A real OpenID provider on loopback that lets in whom it is told, without a page of its own. */
export interface TestProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Who is at the browser next; undefined: somebody who is refused. */
  person: Person | undefined
  /** Answers that a real provider would not give, instead of its own. */
  instead: ((request: IncomingMessage, reply: ServerResponse) => boolean) | undefined
  /** What a browser does at the provider: follows until it is sent back; answers where to. */
  visit(url: string): Promise<URL>
  close(): Promise<void>
}

export async function startProvider(returnTo: string, host = '127.0.0.1'): Promise<TestProvider> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, host, resolve))
  const issuer = `http://${host}:${(server.address() as AddressInfo).port}`
  const clientId = 'weiwan'
  const clientSecret = 'a secret between the two'
  const made: TestProvider = {
    issuer,
    clientId,
    clientSecret,
    person: undefined,
    instead: undefined,
    visit: url => visit(url, returnTo),
    close: () => close(server),
  }
  const people = new Map<string, Person>()
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [returnTo],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['preferred_username'], email: ['email', 'email_verified'] },
    // The login is read from the ID token itself.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, sub) => {
      const person = people.get(sub)
      return person && { accountId: sub, claims: () => ({ ...person.claims, sub }) }
    },
    cookies: { keys: ['a key for tests'] },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  })
  const answer = provider.callback()
  server.on('request', (request: IncomingMessage, reply: ServerResponse) => {
    if (made.instead?.(request, reply) === true) return
    if (request.url?.startsWith('/interaction/') !== true) return void answer(request, reply)
    void letIn(provider, { request, reply, people, person: made.person })
  })
  return made
}

interface Visit {
  readonly request: IncomingMessage
  readonly reply: ServerResponse
  readonly people: Map<string, Person>
  readonly person: Person | undefined
}

async function letIn(provider: Provider, { request, reply, people, person }: Visit): Promise<void> {
  if (person === undefined) {
    return provider.interactionFinished(request, reply, { error: 'access_denied' })
  }
  people.set(person.sub, person)
  const { params } = await provider.interactionDetails(request, reply)
  const grant = new provider.Grant({ accountId: person.sub, clientId: String(params['client_id']) })
  grant.addOIDCScope(String(params['scope']))
  const grantId = await grant.save()
  await provider.interactionFinished(
    request,
    reply,
    { login: { accountId: person.sub, remember: false }, consent: { grantId } },
    { mergeWithLastSubmission: false },
  )
}

async function visit(url: string, returnTo: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let next = new URL(url)
  for (let steps = 0; steps < 10; steps++) {
    const reply = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const line of reply.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
      cookies.set(name, value)
    }
    const to = reply.headers.get('location')
    if (to === null) throw new Error(`the provider answered ${reply.status}: ${await reply.text()}`)
    next = new URL(to, next)
    if (next.href.startsWith(returnTo)) return next
  }
  throw new Error('the provider never sent anybody back')
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise(resolve => server.close(() => resolve()))
}
