import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { openApplication } from '#flows'
import { buildServer } from '#http'
import { systemClock } from '#kernel'
import { type Used, used } from './apart.ts'
import { signedIn } from './province.ts'

export const listsRun = path.join(import.meta.dirname, 'lists-run.ts')

/** A file given to a list's route, by a server that has done nothing else. */
export interface ListsJob {
  readonly dataFolder: string
  readonly login: string
  readonly file: string
  /** The list it is read back into; a new one when left out. */
  readonly list?: number
}

export interface ListsMeasured {
  readonly used: Used
  /** What the server held before anybody asked it for anything. */
  readonly idleMiB: number
  readonly list: number
  readonly counts: { readonly kept: number; readonly added: number; readonly removed: number }
  readonly faulty: number
}

interface Report {
  readonly list: { readonly id: number; readonly counts: ListsMeasured['counts'] } | null
  readonly faultyLines: number
}

async function main({ dataFolder, login, file, list }: ListsJob): Promise<void> {
  const application = await openApplication({ dataFolder, clock: systemClock })
  const server = await buildServer(application, { version: 'bench', logs: false })
  const cookie = await signedIn(server, login)
  const query = new URLSearchParams({ title: 'bench', reason: 'bench', action: 'keep' })
  const url = list === undefined ? `/api/lists?${query.toString()}` : `/api/lists/${list}/check`
  const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/octet-stream' }
  const payload = await readFile(file)
  const idleMiB = process.resourceUsage().maxRSS / 1024
  const { used: took, result } = await used(() => server.inject({ method: 'POST', url, headers, payload }))
  if (result.statusCode !== 200) throw new Error(`${file}: ${result.statusCode} ${result.body}`)
  const report: Report = result.json()
  if (report.list === null) throw new Error(`${file}: ${report.faultyLines} lines are faulty`)
  const { id, counts } = report.list
  const measured: ListsMeasured = { used: took, idleMiB, list: id, counts, faulty: report.faultyLines }
  await server.close()
  await application.close()
  console.log(JSON.stringify(measured))
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '{}') as ListsJob)
