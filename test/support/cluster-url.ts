import type { OpenCluster } from '../../src/desk/cluster/open.ts'

/** A connection string for the cluster's `postgres` database over its socket. */
export function clusterUrl(cluster: OpenCluster): string {
  const { user, host, port } = cluster.config
  return `postgres://${user}@${encodeURIComponent(host ?? '')}:${port}/postgres`
}

declare module 'vitest' {
  interface ProvidedContext {
    deskServer: string
  }
}
