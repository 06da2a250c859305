import { type Kysely, sql } from 'kysely'

const rowsPerStatementMax = 5_000

/**
 * Inserts many rows in few statements (JSON recordsets): columns are those of the first row, every row has them all.
 * Runs in whatever transaction `db` is.
 */
export async function insertRows<Tables>(
  db: Kysely<Tables>,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = sql.join(Object.keys(first).map(name => sql.ref(name)))
  for (let at = 0; at < rows.length; at += rowsPerStatementMax) {
    const some = JSON.stringify(rows.slice(at, at + rowsPerStatementMax))
    await sql`insert into ${sql.table(table)} (${columns})
      select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${some}::jsonb)`.execute(db)
  }
}
