/** The mapping by which the simulated carrier's files become feeds: names and units are the contract's own. */
export function mappingYaml(feeds: readonly { readonly id: string; readonly text: boolean }[]): string {
  const head = [
    'carrier: Simulated Mobile',
    'time_zone: Asia/Shanghai',
    'control: required',
    'bad_rows_max: 0.05',
    '',
    'feeds:',
  ]
  const entries = feeds.flatMap(f => {
    const extension = f.text ? 'csv' : 'parquet'
    return [
      `  ${f.id}:`,
      `    source: ${extension}`,
      `    path: feeds/${f.id}/{from}_{to}.${extension}`,
      '    columns: same',
    ]
  })
  return `${[...head, ...entries].join('\n')}\n`
}
