import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { auditOf, type Lock, lockComplaints } from './dependencies.ts'

const root = path.join(import.meta.dirname, '..')
const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'))

test('every package is locked by its hash, comes from the registry, under a licence and with scripts we agreed to', () => {
  expect(lockComplaints(read('package-lock.json'), read('package.json'))).toEqual([])
})

test('the page about dependencies names each of them and nothing that is gone', () => {
  const { dependencies, devDependencies, optionalDependencies } = read('package.json')
  const page = readFileSync(path.join(root, 'docs', 'dependencies.md'), 'utf8')
  const named = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name)
  const wanted = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
  expect(named.toSorted(byName)).toEqual(wanted.toSorted(byName))
})
const byName = (a = '', b = '') => (a < b ? -1 : Number(a > b))

describe('a package is complained about when it', () => {
  const good = { integrity: `sha512-${'A'.repeat(86)}==`, license: 'MIT' }
  const about = (locked: object, allowScripts = {}) => {
    const lock: Lock = {
      lockfileVersion: 3,
      packages: { '': {}, 'node_modules/@a/b': { ...good, ...locked } },
    }
    return lockComplaints(lock, { allowScripts })
  }

  test.each([
    ['has no hash', { integrity: undefined }],
    ['has a weak hash', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    ['comes from elsewhere', { resolved: 'git+ssh://git@github.com/a/b.git#1' }],
    ['is a folder', { link: true }],
    ['has no licence', { license: undefined }],
    ['has a licence that binds', { license: 'GPL-3.0-only' }],
    ['has one that binds beside one that does not', { license: '(MIT AND AGPL-3.0-only)' }],
    ['runs a script at install', { hasInstallScript: true }],
  ])('%s', (_, locked) => {
    expect(about(locked)).toHaveLength(1)
  })

  test('and not when all is as agreed', () => {
    expect(about({ license: '(MIT OR GPL-3.0-or-later)' })).toEqual([])
    expect(about({ resolved: 'https://registry.npmjs.org/@a/b/-/b-1.0.0.tgz' })).toEqual([])
    expect(about({ hasInstallScript: true }, { '@a/b': false })).toEqual([])
  })
})

test('a version that may move is complained about', () => {
  const lock: Lock = { lockfileVersion: 3, packages: {} }
  expect(lockComplaints(lock, { dependencies: { a: '^1.0.0', b: '1.0.0', c: '1.5.5-r.5' } })).toHaveLength(1)
})

test('an audit that answers is judged; one that does not is not a failure', () => {
  const one = (severity: string) =>
    JSON.stringify({ auditReportVersion: 2, vulnerabilities: { a: { severity, range: '<1.2.0' } } })
  expect(auditOf(one('critical')).complaints).toEqual(['a <1.2.0: a known fault, critical'])
  expect(auditOf(one('low'))).toEqual({ isAnswered: true, complaints: [] })
  for (const text of ['', 'ENOTFOUND', '{"message":"405 Method Not Allowed"}']) {
    expect(auditOf(text)).toEqual({ isAnswered: false, complaints: [] })
  }
})
