import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { OnProgress } from '#kernel'
import { makeCity } from '#world'

export interface CarrierOrder {
  readonly subscribers: number
  readonly days: number
  readonly seed: number
  readonly out: string
  readonly onProgress?: OnProgress
}

/** Simulates a carrier's files into a folder, with the truth kept aside. Fault world.city-exists. */
export async function simulateCarrier(order: CarrierOrder) {
  const began = performance.now()
  const city = await makeCity({ ...order, out: path.resolve(order.out) })
  city.close()
  const files = await readdir(path.join(order.out, 'feeds'), { recursive: true, withFileTypes: true })
  const seconds = (performance.now() - began) / 1_000
  return {
    out: path.resolve(order.out),
    files: files.filter(f => f.isFile()).length,
    seconds,
    today: city.today,
  }
}
