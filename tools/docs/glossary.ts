import { type Term, terms } from '#glossary'

type Named = readonly [id: string, term: Term]

const pinyin = new Intl.Collator('zh-Hans-u-co-pinyin')
const english = new Intl.Collator('en')

const cell = (text: string) => text.replaceAll('|', '\\|')

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows].map(cells => `| ${cells.map(cell).join(' | ')} |`)
  return lines.join('\n')
}

/** The glossary as a page: one table sorted by English, one by pinyin. */
export function glossaryPage(): string {
  const all: readonly Named[] = Object.entries<Term>(terms)
  const byEnglish = all.toSorted(([, a], [, b]) => english.compare(a.en, b.en))
  const byPinyin = all.toSorted(([, a], [, b]) => pinyin.compare(a.zh, b.zh))
  return `# Glossary · 术语表

One word per idea. Made from \`src/glossary\` by \`npm run docs\`; change it there.

## By English

${table(
  ['English', '中文', 'in code', 'means', 'never'],
  byEnglish.map(([id, t]) => [t.en, t.zh, `\`${id}\``, t.means.en, t.not.join(', ')]),
)}

## 按拼音

${table(
  ['中文', 'English', '含义', '不用'],
  byPinyin.map(([, t]) => [t.zh, t.en, t.means.zh, t.not.join('、')]),
)}
`
}
