import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { run } from '#cli'
import { copyOfCity, today } from './support/city.ts'

const root = path.join(import.meta.dirname, '..')
let city: ReturnType<typeof copyOfCity>
let scratch: string
beforeAll(() => {
  city = copyOfCity()
  scratch = mkdtempSync(path.join(tmpdir(), 'weiwan-cli-'))
})
afterAll(() => {
  city.remove()
  rmSync(scratch, { recursive: true, force: true })
})

function weiwan(...words: string[]) {
  const run = spawnSync(path.join(root, 'weiwan'), words, {
    cwd: scratch,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: undefined },
  })
  return { code: run.status, out: run.stdout, notes: run.stderr }
}

/** What a command says of itself, without a process of its own for each. */
async function explained(...words: string[]) {
  const written: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(text => written.push(String(text)) > 0)
  try {
    return { code: await run([...words, '--help'], {}), out: written.join('') }
  } finally {
    write.mockRestore()
  }
}
const onCity = (...words: string[]) => weiwan(...words, '--data', city.folder)

describe('every command', () => {
  const commands = [
    ['start'],
    ['world'],
    ['feeds', 'check'],
    ['feeds', 'load'],
    ['night'],
    ['live'],
    ['factor', 'list'],
    ['factor', 'explain'],
    ['factor', 'quality'],
    ['factor', 'reconcile'],
    ['factor', 'history'],
    ['rule', 'list'],
    ['rule', 'count'],
    ['rule', 'explain'],
    ['rule', 'preview'],
    ['rule', 'backtest'],
    ['rule', 'versions'],
    ['rule', 'why'],
    ['rule', 'export'],
    ['rule', 'import'],
    ['rule', 'activate'],
    ['rule', 'retire'],
    ['segment', 'map'],
    ['segment', 'moves'],
    ['segment', 'definition', 'versions'],
    ['segment', 'definition', 'export'],
    ['segment', 'definition', 'try'],
    ['segment', 'definition', 'save'],
    ['segment', 'definition', 'activate'],
    ['tag', 'list'],
    ['tag', 'show'],
    ['tag', 'profile'],
    ['tag', 'versions'],
    ['tag', 'export'],
    ['tag', 'import'],
    ['tag', 'activate'],
    ['tag', 'retire'],
    ['tag', 'fill'],
    ['care', 'calendar'],
    ['warning', 'list'],
    ['tasks'],
    ['effect'],
    ['session', 'list'],
    ['session', 'revoke'],
    ['token', 'add'],
    ['token', 'list'],
    ['token', 'revoke'],
  ]
  test.each(commands.map(c => [c.join(' '), c] as const))(
    '%s explains itself in both languages',
    async (_, command) => {
      const zh = await explained(...command, '--lang', 'zh')
      const en = await explained(...command, '--lang', 'en')
      expect([zh.code, en.code]).toEqual([0, 0])
      expect(zh.out).toMatch(/\p{Script=Han}/u)
      expect(en.out).not.toMatch(/\p{Script=Han}/u)
      expect(en.out).toContain('--json')
    },
  )

  test('is listed by --help, and a wrong one is wrong usage', () => {
    const { out } = weiwan('--help', '--lang', 'en')
    for (const [name] of commands) expect(out).toContain(name)
    expect(weiwan('no-such-command').code).toBe(2)
    expect(weiwan('night', '--day', '2026-02-30').code).toBe(2)
    expect(weiwan('world', '--subscribers', 'many', '--out', scratch).code).toBe(2)
  })
})

describe('answers for machines', () => {
  test('a token is made, listed without its secret, and revoked; who is signed in is listed', () => {
    const add = (...more: string[]) =>
      onCity('token', 'add', '--name', 'machine', '--permission', 'task.look, rule.look', ...more, '--json')
    const { id, token } = JSON.parse(add('--unit', 'province', '--days', '7').out) as {
      id: string
      token: string
    }
    expect(token).toMatch(/^weiwan_[\w-]{43}$/)
    const list = onCity('token', 'list', '--json')
    expect(JSON.parse(list.out)).toMatchObject({ tokens: [{ id, state: 'valid', usedAt: null }] })
    expect(list.out).not.toContain(token)
    expect(onCity('token', 'revoke', id).code).toBe(0)
    expect(onCity('token', 'list', '--lang', 'en').out).toContain('revoked')
    expect(onCity('token', 'revoke', id).notes).toContain('token.unknown')
    expect(add('--unit', 'nowhere').notes).toContain('node.unknown')
    expect(JSON.parse(onCity('session', 'list', '--json').out)).toEqual({ sessions: [] })
    expect(onCity('session', 'revoke').code).toBe(2)
    expect(onCity('session', 'revoke', 'nobody').notes).toContain('session.unknown')
    expect(JSON.parse(onCity('session', 'revoke', '--staff', 'clerk', '--json').out)).toEqual({ ended: 0 })
  })

  test('a night answers its steps, seconds, rows and what was held', () => {
    const run = onCity('night', '--day', today, '--json')
    expect(run.code).toBe(0)
    const report = JSON.parse(run.out) as {
      day: string
      seconds: number
      steps: { id: string; rows: number | null; seconds: number }[]
      held: unknown[]
    }
    expect(report).toMatchObject({ day: today, held: expect.any(Array), seconds: expect.any(Number) })
    expect(report.steps.map(s => s.id)).toEqual([
      'export',
      'ingest',
      'check',
      'factors',
      'quality',
      'restate',
      'segments',
      'managers',
      'warnings',
      'lists',
    ])
    expect(report.steps.find(s => s.id === 'factors')?.rows).toBeGreaterThan(500)
  })

  test('a rule of a file is tried out and counts what the night counts; a wrong one is told with its place', () => {
    const file = path.join(root, 'catalogue', 'rules', 'standing.yaml')
    const tried = onCity('rule', 'preview', file, '--rule', 'low_balance_by_tenure', '--json')
    const [found] = JSON.parse(tried.out) as { id: string; count: number; of: number }[]
    const { counts } = JSON.parse(onCity('rule', 'count', '--json').out) as {
      counts: { rule: string; subscribers: number }[]
    }
    expect(found?.count).toBe(counts.find(c => c.rule === 'low_balance_by_tenure')?.subscribers)
    const said = onCity('rule', 'preview', '--rule', 'many_complaints', '--lang', 'en')
    expect(said.out).toContain('feeds it rests on')
    const wrong = path.join(scratch, 'wrong.yaml')
    writeFileSync(wrong, '- {id: x, condition: {op: lt, factor: no_such_factor, value: 1}}\n')
    const refused = onCity('rule', 'preview', wrong, '--lang', 'en')
    expect([refused.code, refused.notes]).toEqual([1, expect.stringContaining('no_such_factor')])
  })

  test('rules are counted and explained for one subscriber', () => {
    const counted = onCity('rule', 'count', '--json')
    const counts = JSON.parse(counted.out) as { of: number; counts: { rule: string; subscribers: number }[] }
    expect(counts.of).toBeGreaterThan(500)
    expect(counts.counts.map(c => c.rule)).toContain('low_balance_by_tenure')
    const tasks = JSON.parse(onCity('tasks', '--json').out) as { rows: { subscriberId: string }[] }
    const subscriber = tasks.rows[0]?.subscriberId ?? ''
    const explained = onCity(
      'rule',
      'explain',
      'low_balance_by_tenure',
      '--subscriber',
      subscriber,
      '--lang',
      'zh',
    )
    expect(explained.code).toBe(0)
    expect(explained.out).toMatch(/[✓✗]/)
    const factor = JSON.parse(
      onCity('factor', 'explain', 'balance', '--subscriber', subscriber, '--json').out,
    )
    expect(factor).toMatchObject({
      factor: { id: 'balance' },
      value: { asOf: today },
      sql: expect.stringContaining('balance'),
    })
    const history = onCity('factor', 'history', 'balance', '--subscriber', subscriber, '--json')
    expect(JSON.parse(history.out)).toMatchObject({
      id: 'balance',
      points: expect.arrayContaining([{ day: today, value: factor.value.value, valueTitle: null }]),
      gaps: [expect.objectContaining({ why: expect.objectContaining({ code: 'no-table' }) })],
    })
  })

  test.each([
    ['factor', 'list'],
    ['rule', 'list'],
    ['segment', 'map'],
    ['segment', 'moves'],
    ['segment', 'definition', 'versions'],
    ['tag', 'list'],
    ['tag', 'versions', 'price_sensitive'],
    ['care', 'calendar'],
    ['warning', 'list'],
    ['feeds', 'check'],
    ['effect'],
  ])('%s %s answers one JSON document', (...words) => {
    const run = onCity(...words.filter(w => w !== undefined), '--json')
    expect(run.code).toBe(0)
    expect(() => JSON.parse(run.out)).not.toThrow()
  })
})

describe('faults have a code and a sentence, and exit 1', () => {
  test.each([
    [['factor', 'explain', 'no_such_factor'], 'factor.unknown', '没有因子'],
    [['rule', 'explain', 'no_such_rule'], 'rule.unknown', '没有这条规则'],
    [['tag', 'show', 'no_such_tag'], 'tag.unknown', '没有这个标签'],
    [['rule', 'count', '--day', '2020-01-01'], 'factor.not-computed', '尚未计算'],
    [['tasks', '--staff', 'nobody'], 'staff.unknown', '没有这位员工'],
    [['feeds', 'load', '--mapping', 'missing.yaml', '--from', '.'], 'mapping.unreadable', ''],
  ] as const)('%s', (words, code, zh) => {
    const people = onCity(...words, '--lang', 'zh')
    expect(people.code).toBe(1)
    expect(people.notes).toContain(code)
    expect(people.notes).toContain(zh)
    const machines = onCity(...words, '--json')
    const last = machines.notes.trim().split('\n').at(-1) ?? ''
    expect(JSON.parse(last)).toMatchObject({
      faults: [{ code, en: expect.any(String), zh: expect.any(String) }],
    })
  })

  test('a mapping with mistakes names each with its line', () => {
    const mapping = path.join(scratch, 'bad.yaml')
    writeFileSync(
      mapping,
      'carrier: X\ntime_zone: Mars/Olympus\ncontrol: none\nfeeds:\n  recharge:\n    source: csv\n    path: r_{day}.csv\n    columns: {amount: A, nothing: B}\n',
    )
    const run = onCity('feeds', 'load', '--mapping', mapping, '--from', scratch, '--json')
    expect(run.code).toBe(1)
    const { faults } = JSON.parse(run.notes.trim().split('\n').at(-1) ?? '') as {
      faults: { at?: { line?: number } }[]
    }
    expect(faults.length).toBeGreaterThan(1)
    expect(faults.every(f => typeof f.at?.line === 'number')).toBe(true)
  })
})

test('the same seed makes the same files, whatever the folder', () => {
  const files = (out: string) =>
    spawnSync('sh', ['-c', `cd '${out}/feeds' && find . -type f | sort | xargs sha256sum`], {
      encoding: 'utf8',
    }).stdout
  const made = ['a', 'b'].map(name => {
    const out = path.join(scratch, name)
    expect(
      weiwan('world', '--subscribers', '300', '--days', '10', '--seed', '9', '--out', out, '--json').code,
    ).toBe(0)
    return files(out)
  })
  expect(made[0]?.length).toBeGreaterThan(1_000)
  expect(made[0]).toBe(made[1])
})
