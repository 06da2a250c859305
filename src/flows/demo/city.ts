import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { growOrganisation, type OrganisationNode, organisation } from '#governance'
import type { OnProgress } from '#kernel'
import { type City, makeCity, openCity } from '#world'
import type { Application } from '../application.ts'
import { keepSource } from '../source.ts'

export interface CityOrder {
  readonly dataFolder: string
  readonly subscribers: number
  /** Days of history before the first lived day. */
  readonly days: number
  readonly seed: number
  readonly onProgress?: OnProgress
  readonly signal?: AbortSignal | undefined
}

/** Calls, messages and data sessions per subscriber and day: fewer than a real city's, so that a first start is quick. */
const eventsPerDay = 2

export function cityFolder(dataFolder: string): string {
  return path.join(path.resolve(dataFolder), 'city')
}

/** Builds the simulated carrier of a data folder and names it as the source of its feeds. */
export async function foundCity(order: CityOrder): Promise<void> {
  const folder = cityFolder(order.dataFolder)
  const { subscribers, days, seed, onProgress, signal } = order
  const city = await makeCity({
    out: folder,
    subscribers,
    days,
    seed,
    eventsPerDay,
    signal,
    ...(onProgress === undefined ? {} : { onProgress }),
  })
  city.close()
  await keepSource(path.resolve(order.dataFolder), { mappingFile: path.join(folder, 'mapping.yaml'), folder })
}

export function reopenCity(application: Application): Promise<City> {
  return openCity(cityFolder(application.dataFolder))
}

/** Brings the city's units into the organisation tree; a unit that is there stays where people have put it. */
export async function settleOrganisation(application: Application): Promise<void> {
  const text = await readFile(path.join(cityFolder(application.dataFolder), 'organisation.csv'), 'utf8')
  const [, ...lines] = text.trim().split('\n')
  const nodes = lines.map((line): OrganisationNode => {
    const [id = '', parent = '', level = '', zh = '', en = ''] = line.split(',')
    return {
      id,
      parentId: parent === '' ? null : parent,
      level: level as OrganisationNode['level'],
      name: { zh, en },
    }
  })
  const known = new Set((await organisation(application.desk.db)).map(node => node.id))
  await growOrganisation(
    application.desk.db,
    nodes.filter(node => !known.has(node.id)),
  )
}
