import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { auditOf, lockComplaints } from './dependencies.ts'

const root = path.join(import.meta.dirname, '..')
const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'))
const complaints = lockComplaints(read('package-lock.json'), read('package.json'))
const asked = spawnSync('npm', ['audit', '--json', '--omit=dev'], {
  cwd: root,
  encoding: 'utf8',
  timeout: 30_000,
})
const audit = auditOf(asked.stdout ?? '')
const all = [...complaints, ...audit.complaints]
for (const complaint of all) console.error(complaint)
console.log(
  `dependencies: ${all.length === 0 ? 'as agreed' : `${all.length} complaints`}` +
    (audit.isAnswered ? '' : '; no registry here answers about known faults'),
)
process.exitCode = all.length === 0 ? 0 : 1
