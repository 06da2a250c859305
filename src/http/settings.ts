import { readFile } from 'node:fs/promises'
import path from 'node:path'
import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { parse } from 'yaml'
import type { OidcProvider } from '#governance'
import { FaultError } from '#kernel'
import type { Words } from '#wire'
import { settingsMalformed } from './faults.ts'

export interface OidcSettings extends OidcProvider {
  /** What the button on the sign-in page says. */
  readonly title: Words
}

/** How this installation is reached and how people sign in to it. */
export interface Settings {
  /** Where people open the console; with https, cookies are secure and browsers are told to stay with it. */
  readonly address?: string | undefined
  /** Addresses of proxies in front, comma-separated: only they are believed about who asks. */
  readonly proxy?: string | undefined
  /** Who may sign in with a password. */
  readonly passwords: 'everyone' | 'administrators'
  readonly oidc?: OidcSettings | undefined
}

export const plainSettings: Settings = { passwords: 'everyone' }

const words = Type.Object({ zh: Type.String(), en: Type.String() }, { additionalProperties: false })
const text = Type.String({ minLength: 1 })
const file = Type.Object(
  {
    address: Type.Optional(Type.String({ pattern: '^https?://[^/]+/?$' })),
    proxy: Type.Optional(text),
    passwords: Type.Optional(Type.Enum(['everyone', 'administrators'])),
    oidc: Type.Optional(
      Type.Object(
        {
          issuer: Type.String({ pattern: '^https?://' }),
          clientId: text,
          clientSecret: Type.Optional(text),
          claim: Type.Optional(text),
          scope: Type.Optional(text),
          title: Type.Optional(words),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)

export const settingsFile = 'sign-in.yaml'

/**
 * What `sign-in.yaml` of the data folder says; variables of the environment say it again and win. Fault
 * settings.malformed: a mistake here must never quietly open a door.
 */
export async function readSettings(
  dataFolder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Settings> {
  const written = await parsed(path.join(dataFolder, settingsFile))
  const said = { ...written, ...fromEnvironment(written, env) }
  const [wrong] = Value.Errors(file, said)
  if (wrong !== undefined)
    throw new FaultError(settingsMalformed(`${wrong.instancePath} ${wrong.message}`.trim()))
  const settings = said as Static<typeof file>
  const address = settings.address?.replace(/\/$/, '')
  const passwords = settings.passwords ?? 'everyone'
  if (settings.oidc === undefined) {
    if (passwords !== 'everyone')
      throw new FaultError(settingsMalformed('passwords: administrators, without oidc'))
    return { address, proxy: settings.proxy, passwords }
  }
  if (address === undefined) throw new FaultError(settingsMalformed('oidc needs address'))
  const { title = { zh: '统一身份认证', en: 'Company sign-in' }, ...oidc } = settings.oidc
  return {
    address,
    proxy: settings.proxy,
    passwords,
    oidc: {
      claim: 'preferred_username',
      scope: 'openid profile',
      ...oidc,
      title,
      returnTo: `${address}/sign-in/oidc`,
    },
  }
}

async function parsed(settings: string): Promise<Record<string, unknown>> {
  let written: string
  try {
    written = await readFile(settings, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new FaultError(settingsMalformed(settings))
  }
  try {
    const found: unknown = parse(written) ?? {}
    if (typeof found === 'object' && !Array.isArray(found)) return found as Record<string, unknown>
  } catch {
    // Said below: the parser's own words may repeat a secret.
  }
  throw new FaultError(settingsMalformed(settings))
}

const variables = {
  issuer: 'WEIWAN_OIDC_ISSUER',
  clientId: 'WEIWAN_OIDC_CLIENT_ID',
  clientSecret: 'WEIWAN_OIDC_CLIENT_SECRET',
  claim: 'WEIWAN_OIDC_CLAIM',
} as const

function fromEnvironment(
  written: Record<string, unknown>,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
  const oidc = Object.entries(variables).flatMap(([key, name]) =>
    env[name] === undefined ? [] : [[key, env[name]] as const],
  )
  const there = typeof written['oidc'] === 'object' ? written['oidc'] : {}
  return {
    ...(env['WEIWAN_ADDRESS'] === undefined ? {} : { address: env['WEIWAN_ADDRESS'] }),
    ...(env['WEIWAN_PROXY'] === undefined ? {} : { proxy: env['WEIWAN_PROXY'] }),
    ...(oidc.length === 0 ? {} : { oidc: { ...there, ...Object.fromEntries(oidc) } }),
  }
}
