import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

interface Account {
  readonly login: string
  readonly role: string
  readonly unit: string
  readonly password: string
}

/** A whole Weiwan of its own: a city, its nights and a server on a free port, in a folder that goes away with it. */
export interface Weiwan {
  readonly url: string
  readonly dataThrough: string
  readonly asOf: string
  readonly accounts: readonly Account[]
  stop(): Promise<void>
}

interface CityOptions {
  readonly subscribers: number
  readonly days: number
  readonly lived: number
  readonly seed: number
}

const root = path.join(import.meta.dirname, '..', '..')

/** Runs `./weiwan start` as a person would, and waits until it says where it is. */
export async function startWeiwan(city: CityOptions): Promise<Weiwan> {
  const data = await mkdtemp(path.join(tmpdir(), 'weiwan-journey-'))
  const options = Object.entries(city).flatMap(([name, value]) => [`--${name}`, String(value)])
  const args = ['start', '--data', data, '--port', '0', '--lang', 'en', '--json', ...options]
  const child = spawn(path.join(root, 'weiwan'), args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const announced = await announcement(child)
  return {
    ...announced,
    async stop() {
      const gone = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** The JSON document that the command answers once it serves. */
function announcement(child: ChildProcess): Promise<Omit<Weiwan, 'stop'>> {
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

function parsed(text: string): Omit<Weiwan, 'stop'> | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
