import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Application, openApplication, runNight, stopNight, workTheDay } from '#flows'
import { addDays } from '#kernel'
import { openCity, stepCity } from '#world'
import { copyOfCity, halfPastTen, today } from './support/city.ts'
import { type Fingerprint, fingerprint } from './support/fingerprint.ts'

const root = path.join(import.meta.dirname, '..')
const day = addDays(today, 1)
const stopWithinMs = 2_000
/** It notices at its next turn; on a machine that does much else that may take a while. */
const goneWithinMs = 15_000
let base: ReturnType<typeof copyOfCity>
let undisturbed: Fingerprint
let usualMs = 0

beforeAll(async () => {
  base = copyOfCity()
  await withApplication(base.folder, application => workTheDay(application, today))
  const city = await openCity(path.join(base.folder, 'city'))
  ;(await stepCity(city, [])).close()
  const copy = copyOfCity(base.folder)
  await withApplication(copy.folder, async application => {
    const began = performance.now()
    if (!(await runNight(application, { day })).ok) throw new Error('the undisturbed night failed')
    usualMs = performance.now() - began
  })
  undisturbed = await fingerprint(copy.folder)
  copy.remove()
})
afterAll(() => base.remove())

test('whenever the process with the heavy work is killed, the night says so, and run again gives the same tables', async () => {
  const points: string[] = []
  for (let i = 0; i < 5; i++) {
    const copy = copyOfCity(base.folder)
    await withApplication(copy.folder, async application => {
      const running = runNight(application, { day })
      await Promise.race([sleep(Math.random() * usualMs), running])
      const { pid } = application.workshop
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
      const killed = await running
      points.push(killed.ok ? 'between its works' : `${killed.fault.code} by ${killed.fault.at?.['how']}`)
      const again = killed.ok ? killed : await runNight(application, { day })
      expect(again.ok).toBe(true)
    })
    expect(await fingerprint(copy.folder), points.at(-1)).toEqual(undisturbed)
    copy.remove()
  }
  expect([...new Set(points)].filter(p => p !== 'between its works')).toEqual(['work.died by SIGKILL'])
}, 300_000)

test('a night that is asked to stop ends within two seconds, and run again gives the same tables', async () => {
  const copy = copyOfCity(base.folder)
  const endings: string[] = []
  await withApplication(copy.folder, async application => {
    for (const share of [0.2, 0.4, 0.6, 0.8]) {
      const leaving = new AbortController()
      const running = runNight(application, { day, signal: leaving.signal })
      await Promise.race([sleep(share * usualMs), running])
      const asked = performance.now()
      leaving.abort()
      const stopped = await running
      expect(performance.now() - asked).toBeLessThan(stopWithinMs)
      endings.push(stopped.ok ? 'already over' : stopped.fault.code)
    }
    expect((await runNight(application, { day })).ok).toBe(true)
  })
  expect([...new Set(endings)].filter(e => e !== 'already over')).toEqual(['night.stopped'])
  expect(await fingerprint(copy.folder)).toEqual(undisturbed)
  copy.remove()
})

test('another process asks the running night to stop; without one, that is a fault', async () => {
  const copy = copyOfCity(base.folder)
  await withApplication(copy.folder, async application => {
    expect(await stopNight(application)).toMatchObject({ ok: false, fault: { code: 'night.not-running' } })
  })
  const night = weiwan(copy.folder, 'night', '--day', day)
  const faults = faultsOf(night)
  await childOf(night)
  await withApplication(copy.folder, async application => {
    const asked = performance.now()
    expect(await stopNight(application)).toEqual({ ok: true, value: { day } })
    await once(night, 'exit')
    expect(performance.now() - asked).toBeLessThan(stopWithinMs)
  })
  expect(await faults).toEqual(['night.stopped'])
  copy.remove()
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends a night of the command line within two seconds',
  async signal => {
    const copy = copyOfCity(base.folder)
    const night = weiwan(copy.folder, 'night', '--day', day)
    const faults = faultsOf(night)
    await childOf(night)
    const asked = performance.now()
    night.kill(signal)
    const [code] = await once(night, 'exit')
    expect(code).toBe(1)
    expect(await faults).toEqual(['night.stopped'])
    expect(performance.now() - asked).toBeLessThan(stopWithinMs + 1_000)
    copy.remove()
  },
)

test('when the night is killed outright, the process with its heavy work dies too', async () => {
  const copy = copyOfCity(base.folder)
  for (let i = 0; i < 3; i++) {
    const night = weiwan(copy.folder, 'night', '--day', day)
    const pid = await childOf(night)
    await sleep(Math.random() * usualMs)
    night.kill('SIGKILL')
    if (night.exitCode === null && night.signalCode === null) await once(night, 'exit')
    const until = performance.now() + goneWithinMs
    while (isAlive(pid) && performance.now() < until) await sleep(20)
    expect(isAlive(pid)).toBe(false)
  }
  await withApplication(copy.folder, async application => {
    expect((await runNight(application, { day })).ok).toBe(true)
  })
  expect(await fingerprint(copy.folder)).toEqual(undisturbed)
  copy.remove()
})

async function withApplication(folder: string, work: (application: Application) => Promise<unknown>) {
  const application = await openApplication({ dataFolder: folder, clock: halfPastTen })
  try {
    await work(application)
  } finally {
    await application.close()
  }
}

function weiwan(folder: string, ...words: string[]): ChildProcess {
  return spawn(path.join(root, 'weiwan'), [...words, '--data', folder, '--json'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

async function faultsOf(child: ChildProcess): Promise<string[]> {
  let notes = ''
  child.stderr?.on('data', chunk => {
    notes += String(chunk)
  })
  await once(child, 'close')
  const line = notes.split('\n').find(l => l.startsWith('{"faults"')) ?? '{"faults":[]}'
  return (JSON.parse(line) as { faults: { code: string }[] }).faults.map(f => f.code)
}

/** The process with the heavy work of a night on the command line, once there is one. */
async function childOf(parent: ChildProcess): Promise<number> {
  for (;;) {
    const found = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' })
      .split('\n')
      .map(line => line.trim().split(/\s+/))
      .find(([, ppid, ...args]) => Number(ppid) === parent.pid && args.join(' ').includes('child-entry'))
    if (found !== undefined) return Number(found[0])
    if (parent.exitCode !== null) throw new Error('the night ended before it began any heavy work')
    await sleep(10)
  }
}

/** One that has ended and waits to be noticed by its new parent does nothing any more. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z')
}
