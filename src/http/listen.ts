import type { FastifyInstance } from 'fastify'
import { FaultError } from '#kernel'
import { portTaken } from './faults.ts'

export interface Address {
  readonly host: string
  readonly port: number
  /** When the port is taken: another free one (true) or a fault (false). */
  readonly mayMove: boolean
}

/** Listens; answers the address people open. Fault http.port-taken. */
export async function listen(server: FastifyInstance, address: Address): Promise<string> {
  try {
    return await server.listen({ host: address.host, port: address.port })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    if (!address.mayMove) throw new FaultError(portTaken(address.port))
    return server.listen({ host: address.host, port: 0 })
  }
}
