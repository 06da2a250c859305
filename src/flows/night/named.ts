import { rm } from 'node:fs/promises'
import path from 'node:path'
import { factorTable } from '#factors'
import { addDays, type PlainDate } from '#kernel'
import { type Tag, tagMembers } from '#segments'
import { fileDigest, foreignFile, ident, nextVersion, pieces, shelve, sql, writeAppended } from '#warehouse'
import type { Application } from '../application.ts'
import { namedDataset } from '../heavy/named.ts'

const rowsPerPageMax = 20_000

/** Puts on the shelf whom the imported tags name this morning; the same again writes nothing. */
export async function keepNamed(
  application: Application,
  day: PlainDate,
  tags: readonly Tag[],
): Promise<void> {
  const { dataFolder, desk, shelf, warehouse } = application
  const fillings = await tagMembers.fillings(desk.db)
  const named = tags.filter(tag => {
    const filling = fillings.get(tag.id)
    return tag.state === 'active' && tag.source === 'import' && filling !== undefined && filling.until > day
  })
  const table = await factorTable(shelf, day)
  const all = (await pieces(shelf, namedDataset)).filter(p => p.span.from === day)
  if (table === undefined || (named.length === 0 && all.length === 0)) return
  const file = path.join(dataFolder, 'warehouse', 'work', `tag-named-${day}.csv`)
  try {
    await writeAppended(file, async append => {
      for (const { id } of named) {
        for (let after = ''; ; ) {
          const page = await tagMembers.page(desk.db, id, { after, rowsMax: rowsPerPageMax })
          await append(Buffer.from(page.map(subscriber => `0,"${subscriber}","${id}"\n`).join('')))
          if (page.length < rowsPerPageMax) break
          after = page.at(-1) ?? after
        }
      }
    })
    const span = { from: day, to: addDays(day, 1) }
    const fingerprint = await fileDigest(file)
    if (all.at(-1)?.fingerprint === fingerprint) return
    const rows = sql`SELECT t.sub AS sub, n.c1 AS tag_id
      FROM ${foreignFile.numberedCsv(file, 2, ',', String.raw`\N`)} AS n JOIN ${table} AS t ON t.subscriber_id = n.c0`
    const stamp = {
      dataset: namedDataset,
      span,
      version: nextVersion(all, span),
      fingerprint,
      learnedOn: day,
    }
    await shelve(await warehouse(), shelf, stamp, rows, [ident('tag_id'), ident('sub')])
  } finally {
    await rm(file, { force: true })
  }
}
