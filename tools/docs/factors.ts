import path from 'node:path'
import type { Factor } from '#factors'
import { readCatalogue, type UsedBy, whatUses } from '#flows'

/** The catalogue of factors as a page, by subject: what each means, comes from and is when missing. */
export async function factorsMarkdown(root: string): Promise<string> {
  const catalogue = await readCatalogue(path.join(root, 'catalogue'))
  const users = whatUses(catalogue)
  const factors = catalogue.factors.factors.toSorted((a, b) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  )
  const bySubject = Map.groupBy(factors, f => `${f.subject.zh} · ${f.subject.en}`)
  const sections = [...bySubject].map(([subject, some]) => {
    const rows = some.map(f => {
      const unit = f.unit === undefined ? f.type : `${f.type}, ${f.unit}`
      const helps = f.helps === undefined ? '' : `<br>→ ${f.helps.zh}<br>→ ${f.helps.en}`
      const words = `${f.title.zh}<br>${f.title.en} | ${f.means.zh}<br>${f.means.en}${helps}${twinOf(f)}`
      return `| \`${f.id}\` | ${words} | ${unit}${rangeOf(f)} | ${f.feeds.join(', ') || '—'} | ${f.missing.zh}<br>${f.missing.en} | ${usersIn(users.get(f.id))} |`
    })
    const head = [
      '| factor | title | means, and what it helps to decide | type, range | feeds | when missing | used by |',
      '|---|---|---|---|---|---|---|',
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

function usersIn(users: UsedBy | undefined): string {
  if (users === undefined) return '—'
  const { factors, rules, warnings, policies } = users
  const lines = [
    ...(factors.length > 0 ? [`${factors.length} factors`] : []),
    ...(rules.length > 0 ? [`rules ${rules.join(', ')}`] : []),
    ...(warnings.length > 0 ? [`warnings ${warnings.join(', ')}`] : []),
    ...(policies.length > 0 ? [`policies ${policies.join(', ')}`] : []),
  ]
  return lines.join('<br>') || '—'
}

function rangeOf({ range }: Factor): string {
  return range === undefined ? '' : `<br>${range[0] ?? '…'} – ${range[1] ?? '…'}`
}

function twinOf({ twin }: Factor): string {
  return twin === undefined ? '' : `<br>≈ \`${twin.of}\`: ${twin.because.zh}<br>${twin.because.en}`
}
