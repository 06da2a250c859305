import path from 'node:path'
import { readFactors } from '#factors'

/** The catalogue of factors as a page, by subject: what each means, comes from and is when missing. */
export async function factorsMarkdown(root: string): Promise<string> {
  const { factors } = await readFactors(path.join(root, 'catalogue', 'factors'))
  const bySubject = Map.groupBy(factors, f => `${f.subject.zh} · ${f.subject.en}`)
  const sections = [...bySubject].map(([subject, some]) => {
    const rows = some.map(f => {
      const unit = f.unit === undefined ? f.type : `${f.type}, ${f.unit}`
      const words = `${f.title.zh}<br>${f.title.en} | ${f.means.zh}<br>${f.means.en}`
      return `| \`${f.id}\` | ${words} | ${unit} | ${f.feeds.join(', ') || '—'} | ${f.missing.zh}<br>${f.missing.en} |`
    })
    const head = ['| factor | title | means | type | feeds | when missing |', '|---|---|---|---|---|---|']
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
