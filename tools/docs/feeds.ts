import { type Column, type Feed, feeds, reasons } from '#ingest'

const kinds: Readonly<Record<Feed['kind'], readonly [string, string]>> = {
  event: ['something that happened on a day', '某日发生的事件'],
  day: ['one row per key and day', '每主键每日一行'],
  month: ['one row per key and closed month', '每主键每账期一行'],
  state: ['how a thing stands from that day on', '自该日起的状态'],
}

const cell = (text: string) => text.replaceAll('|', '\\|')

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows]
    .map(cells => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n')
}

/** The feed contract as a page, English and Chinese side by side. */
export function feedsMarkdown(): string {
  return `# Feeds · 数据源

What a carrier may deliver: the contract that a mapping file turns its own files into. Made from \`src/ingest/contract\` by
\`npm run docs\`; change it there. Every option of a mapping file is shown in \`examples/carrier/mapping.yaml\`. Any subset
works: what depends on a missing feed is switched off and listed.

运营商可交付的数据源约定；由 \`src/ingest/contract\` 生成，请在源文件中修改。映射文件的全部选项见 \`examples/carrier/mapping.yaml\`。可以只交付其中一部分，依赖缺失数据源的内容会关闭并列出。

## Kinds and days · 类型与数据日

${table(
  ['kind', 'a row is', '含义'],
  Object.entries(kinds).map(([kind, words]) => [`\`${kind}\``, ...words]),
)}

A row belongs to one data day: the day in the carrier's time zone of the column marked **day**; for \`month\` the day after the month closed; for
\`state\` the last day of the delivery. Days and spans are \`[from, to)\`. Money is whole fen, a moment is UTC.

每行归属一个数据日：带 **day** 标记的列在运营商时区的日期；\`month\` 为账期结束的次日；\`state\` 为交付的最后一天。区间为 \`[from, to)\`，金额单位为分，时刻为 UTC。

## All feeds · 一览

${table(
  ['feed', 'English', '中文', 'kind', 'from'],
  feeds.map(f => [`[\`${f.id}\`](#${f.id})`, f.title.en, f.title.zh, f.kind, f.source]),
)}

${feeds.map(feedSection).join('\n\n')}

## Why a row is kept aside · 隔离原因

${table(
  ['reason', 'English', '中文'],
  Object.entries(reasons).map(([code, words]) => [`\`${code}\``, words.en, words.zh]),
)}
`
}

function feedSection(feed: Feed): string {
  const rows = feed.columns.map(c => [
    `\`${c.name}\`${feed.key.includes(c.name) ? ' **key**' : ''}${feed.dayColumn === c.name ? ' **day**' : ''}`,
    c.type,
    c.unit ?? '',
    c.nullable ? 'yes' : 'no',
    limits(c),
    c.means.en,
    c.means.zh,
  ])
  return `## ${feed.id}

${feed.title.en}: ${feed.means.en}. · ${feed.title.zh}：${feed.means.zh}。

${table(['column', 'type', 'unit', 'may be missing', 'values', 'English', '中文'], rows)}`
}

function limits(column: Column): string {
  const parts: string[] = []
  if (column.values !== undefined) {
    parts.push(
      Object.entries(column.values)
        .map(([code, w]) => `\`${code}\` ${w.en} ${w.zh}`)
        .join('; '),
    )
  }
  if (column.min !== undefined) parts.push(`≥ ${column.min}`)
  if (column.max !== undefined) parts.push(`≤ ${column.max}`)
  if (column.references !== undefined) parts.push(`→ \`${column.references}\``)
  return parts.join(', ')
}
