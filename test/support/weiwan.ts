import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { type Client, clientOf } from './client.ts'

interface Account {
  readonly login: string
  readonly role: string
  readonly unit: string
  readonly password: string
}

interface Announcement {
  readonly url: string
  readonly asOf: string
  readonly dataThrough: string
  readonly accounts: readonly Account[]
}

/** A whole Weiwan as a process of its own, serving the console on a free port. */
export interface Weiwan extends Announcement {
  /** Somebody who is signed in and asks the API from outside. */
  as(login: string): Promise<Client>
  stop(): Promise<void>
}

interface More {
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
}

const root = path.join(import.meta.dirname, '..', '..')

/** Runs `./weiwan start` on a data folder as a person would, and waits until it says where it is. */
export async function startWeiwan(dataFolder: string, more: More = {}): Promise<Weiwan> {
  const { port = 0, env = {} } = more
  const words = ['start', '--data', dataFolder, '--port', String(port), '--lived', '3', '--json']
  const child = spawn(path.join(root, 'weiwan'), words, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // The test runner's own NODE_ENV would have the console built for development.
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: undefined, ...env },
  })
  const announced = await announcement(child)
  // Signing in is limited by the minute: each person signs in once.
  const clients = new Map<string, Client>()
  return {
    ...announced,
    as: async login => {
      const known = clients.get(login)
      if (known !== undefined) return known
      const account = announced.accounts.find(a => a.login === login)
      if (account === undefined) throw new Error(`nobody is called ${login}`)
      const client = await clientOf(announced.url, account)
      clients.set(login, client)
      return client
    },
    async stop() {
      const gone = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** The JSON document that the command answers once it serves. */
function announcement(child: ChildProcess): Promise<Announcement> {
  let out = ''
  let notes = ''
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      notes += chunk.toString()
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const answer = parsed(out)
      if (answer !== undefined) resolve(answer)
    })
    child.once('exit', code => reject(new Error(`weiwan start ended with ${code}:\n${notes}\n${out}`)))
  })
}

function parsed(text: string): Announcement | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
