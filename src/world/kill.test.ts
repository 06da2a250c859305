import { spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { uniform } from '#kernel'
import { fileDigest } from '#warehouse'
import { makeCity, openCity } from './index.ts'

const root = await mkdtemp(path.join(tmpdir(), 'weiwan-kill-'))
const limits = { memoryMiBMax: 512, threads: 1 }
afterAll(() => rm(root, { recursive: true, force: true }))

/** Steps the city in a process of its own; told when it begins, so that the kill falls into the step. */
const stepper = path.join(root, 'stepper.mjs')
const program = `
import { openCity, stepCity } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
const city = await openCity(process.argv[2], ${JSON.stringify(limits)})
process.send('stepping')
const contacts = [...Array(60).keys()].map(i => ({ subscriberId: 'S' + String(i).padStart(9, '0'), channel: 'call', offerId: 'none', at: city.today }))
await stepCity(city, contacts)
process.send('stepped')
process.disconnect()
`

async function step(out: string, killAfterMs?: number): Promise<number> {
  const child = spawn(process.execPath, [stepper, out], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  let began = 0
  let took = 0
  child.on('message', message => {
    if (message === 'stepped') took = performance.now() - began
    else began = performance.now()
    if (message === 'stepping' && killAfterMs !== undefined)
      setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  })
  await new Promise(done => child.on('exit', done))
  return took
}

async function digests(out: string): Promise<Record<string, string>> {
  const entries = await readdir(out, { recursive: true, withFileTypes: true })
  const files = entries.filter(e => e.isFile()).map(e => path.join(e.parentPath, e.name))
  return Object.fromEntries(
    await Promise.all(files.map(async f => [path.relative(out, f), await fileDigest(f)])),
  )
}

test('killed at any moment of a step, the city is at the day before or the day after, and goes on as if nothing was', {
  timeout: 240_000,
}, async () => {
  await writeFile(stepper, program)
  const undisturbed = path.join(root, 'undisturbed')
  const killed = path.join(root, 'killed')
  const made = await makeCity({ out: undisturbed, subscribers: 400, days: 3, seed: 3, limits })
  made.close()
  await cp(undisturbed, killed, { recursive: true })
  const expected: Record<string, Record<string, string>> = {}
  let took = 0
  for (let i = 0; i <= 3; i++) {
    const { today } = JSON.parse(await readFile(path.join(undisturbed, 'state', 'city.json'), 'utf8'))
    expected[today] = await digests(undisturbed)
    if (i < 3) took = await step(undisturbed)
  }
  const [first, ...days] = Object.keys(expected)
  const reached: string[] = []
  for (let i = 0; reached.at(-1) !== days.at(-1) && i < 30; i++) {
    await step(killed, ((i % 12) + uniform('kill', String(i))) * took * 0.1)
    const city = await openCity(killed, limits)
    city.close()
    expect(await digests(killed)).toEqual(expected[city.today])
    reached.push(city.today)
  }
  expect(reached).toEqual(expect.arrayContaining([first, days.at(-1)]))
})
