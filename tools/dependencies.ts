/** What package-lock.json says about one installed package. */
interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly license?: string
  readonly hasInstallScript?: boolean
  readonly link?: boolean
}

export interface Lock {
  readonly lockfileVersion: number
  readonly packages: Readonly<Record<string, Locked>>
}

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly allowScripts?: Readonly<Record<string, boolean>>
}

/** Licences that ask for no more than to be named, and MPL-2.0, which asks for its own files only. */
const licences = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'MPL-2.0',
  'PostgreSQL',
  'BlueOak-1.0.0',
  'Unlicense',
])

/** One sentence for each package that may not be installed as it is locked. */
export function lockComplaints(lock: Lock, manifest: Manifest): string[] {
  if (lock.lockfileVersion !== 3) return ['package-lock.json is not of version 3']
  const packages = Object.entries(lock.packages).filter(([place]) => place !== '')
  const complaints = packages.flatMap(([place, locked]) => [
    ...originComplaints(place, locked),
    ...licenceComplaints(place, locked),
    ...scriptComplaints(place, locked, manifest),
  ])
  return [...complaints, ...rangeComplaints(manifest)]
}

function originComplaints(place: string, { integrity, resolved, link }: Locked): string[] {
  if (link === true) return [`${place} is a link to a folder`]
  const found: string[] = []
  if (!/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '')) found.push(`${place} has no sha512 integrity`)
  if (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')) {
    found.push(`${place} does not come from the npm registry: ${resolved}`)
  }
  return found
}

function licenceComplaints(place: string, { license }: Locked): string[] {
  return isAllowed(license ?? '') ? [] : [`${place} has a licence nobody agreed to: ${license ?? 'none'}`]
}

/** `A OR B` leaves the choice, `A AND B` asks for both. */
function isAllowed(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, ' ').trim()
  return plain.split(/\s+OR\s+/).some(choice => choice.split(/\s+AND\s+/).every(l => licences.has(l.trim())))
}

function scriptComplaints(place: string, locked: Locked, { allowScripts = {} }: Manifest): string[] {
  if (locked.hasInstallScript !== true) return []
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
  return name in allowScripts ? [] : [`${place} has an install script nobody reviewed`]
}

function rangeComplaints(manifest: Manifest): string[] {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  return Object.entries(wanted)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} is not pinned to a version: ${version}`)
}

export interface Audit {
  /** False: no registry that answers questions about known faults could be asked. */
  readonly isAnswered: boolean
  readonly complaints: readonly string[]
}

const grave = new Set(['high', 'critical'])

/** What `npm audit --json` said; what is not grave is left to people. */
export function auditOf(text: string): Audit {
  const said = parsed(text)
  if (said.vulnerabilities === undefined) return { isAnswered: false, complaints: [] }
  const complaints = Object.entries(said.vulnerabilities)
    .filter(([, { severity }]) => grave.has(severity))
    .map(([name, { severity, range }]) => `${name} ${range}: a known fault, ${severity}`)
  return { isAnswered: true, complaints }
}

interface AuditReport {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>
}

function parsed(text: string): AuditReport {
  try {
    return JSON.parse(text) as AuditReport
  } catch {
    return {}
  }
}
