import path from 'node:path'
import { type Factor, readFactors } from '#factors'

/** The catalogue of factors as a page, by subject: what each means, comes from and is when missing. */
export async function factorsMarkdown(root: string): Promise<string> {
  const { factors } = await readFactors(path.join(root, 'catalogue', 'factors'))
  const bySubject = Map.groupBy(factors, f => `${f.subject.zh} · ${f.subject.en}`)
  const sections = [...bySubject].map(([subject, some]) => {
    const rows = some.map(f => {
      const unit = f.unit === undefined ? f.type : `${f.type}, ${f.unit}`
      const helps = f.helps === undefined ? '' : `<br>→ ${f.helps.zh}<br>→ ${f.helps.en}`
      const words = `${f.title.zh}<br>${f.title.en} | ${f.means.zh}<br>${f.means.en}${helps}${twinOf(f)}`
      return `| \`${f.id}\` | ${words} | ${unit}${rangeOf(f)} | ${f.feeds.join(', ') || '—'} | ${f.missing.zh}<br>${f.missing.en} |`
    })
    const head = [
      '| factor | title | means, and what it helps to decide | type, range | feeds | when missing |',
      '|---|---|---|---|---|---|',
    ]
    return [`## ${subject}`, '', ...head, ...rows, ''].join('\n')
  })
  return [
    `# Factors · 因子`,
    '',
    `${factors.length} factors. Made from \`catalogue/factors\` by \`npm run docs\`; change them there.`,
    '',
    ...sections,
  ].join('\n')
}

function rangeOf({ range }: Factor): string {
  return range === undefined ? '' : `<br>${range[0] ?? '…'} – ${range[1] ?? '…'}`
}

function twinOf({ twin }: Factor): string {
  return twin === undefined ? '' : `<br>≈ \`${twin.of}\`: ${twin.because.zh}<br>${twin.because.en}`
}
