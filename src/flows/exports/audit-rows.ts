import { auditTrail } from '#governance'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { auditFilters } from '../audit/look.ts'
import type { ExportQuery } from './book.ts'
import type { Cell, ExportedRows } from './cell.ts'

const rowsPerRead = 1_000

export const auditTitles = [
  { zh: '时间', en: 'when' },
  { zh: '员工', en: 'who' },
  { zh: '操作', en: 'act' },
  { zh: '对象', en: 'about' },
  { zh: '涉及用户', en: 'subscribers' },
  { zh: '原因', en: 'why' },
  { zh: '来源', en: 'from' },
  { zh: '详情', en: 'details' },
  { zh: '链中序号', en: 'position' },
  { zh: '校验值', en: 'hash' },
] as const

/** A cell of a spreadsheet holds 32,767 characters. */
const cellMax = 32_000

/** The entries that the filters leave, newest first, as they stood when the file was begun. */
export async function* auditRows(
  application: Application,
  asker: Asker,
  query: ExportQuery,
  language: 'zh' | 'en',
): AsyncGenerator<ExportedRows> {
  const filters = await auditFilters(application, query)
  const to = filters.to ?? new Date(application.clock.now().getTime() + 1)
  for (let page = 1; ; page++) {
    const asked = { ...filters, to, scope: asker.scope, page, pageSize: rowsPerRead }
    const { lines } = await auditTrail.search(application.desk.db, asked)
    const rows = lines.map((line): readonly Cell[] => [
      line.at.toISOString(),
      line.staff?.name[language] ?? null,
      line.act.title[language],
      line.subject,
      line.subscribers.join(' ').slice(0, cellMax),
      line.reason,
      line.from,
      JSON.stringify(line.detail).slice(0, cellMax),
      line.position,
      line.hash,
    ])
    if (rows.length > 0) yield { rows, subscribers: [] }
    if (lines.length < rowsPerRead) return
  }
}
