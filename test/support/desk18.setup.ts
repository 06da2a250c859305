import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { nativeBinFolder } from '../../src/desk/cluster/native.ts'
import { openCluster } from '../../src/desk/cluster/open.ts'
import { clusterUrl } from './cluster-url.ts'

/** The PostgreSQL 18 that the product itself brings. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'weiwan-desk18-'))
  const cluster = await openCluster({
    folder,
    name: 'pg18',
    binFolder: nativeBinFolder(),
    initWords: ['--no-sync', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  })
  project.provide('deskServer', clusterUrl(cluster))
  return async () => {
    await cluster.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
