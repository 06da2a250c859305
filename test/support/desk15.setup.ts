import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { openCluster } from '../../src/desk/cluster/open.ts'
import { clusterUrl } from './cluster-url.ts'

const debianBin = '/usr/lib/postgresql/15/bin'

/** Debian's PostgreSQL 15, started by the same code in a folder of its own. tools/test.sh installs it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(`${debianBin}/postgres`)) {
    throw new Error(`${debianBin}/postgres is missing: apt-get install postgresql-15`)
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'weiwan-desk15-'))
  const cluster = await openCluster({ folder, name: 'pg15', binFolder: debianBin, initWords: ['--no-sync'] })
  project.provide('deskServer', clusterUrl(cluster))
  return async () => {
    await cluster.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
