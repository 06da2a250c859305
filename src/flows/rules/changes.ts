import type { Approval } from '#governance'
import type { PlainDate } from '#kernel'
import { bindRule, type Rule, sayValue, sentence } from '#rules'
import type { Application } from '../application.ts'
import type { Words } from '../view/coded.ts'

type Change = Approval['changes'][number]

interface Found {
  readonly count: number | null
  readonly of: number
  readonly surprise: Words | undefined
}

/** What the second person reads: every field that differs from the version in force, and whom the new one finds. */
export function changesBetween(
  application: Application,
  before: Rule | undefined,
  after: Rule,
  { count, of, surprise }: Found,
): readonly Change[] {
  const fields = (rule: Rule | undefined) =>
    rule === undefined ? new Map<string, Words>() : fieldsOf(application, rule)
  const [old, next] = [fields(before), fields(after)]
  const names = [...new Set([...old.keys(), ...next.keys()])]
  const differing = names.flatMap((name): Change[] => {
    const [was, is] = [old.get(name) ?? null, next.get(name) ?? null]
    if (was?.zh === is?.zh && was?.en === is?.en) return []
    return [{ field: titles[name] ?? same(name), before: was, after: is }]
  })
  const finds: Change = {
    field: { zh: '命中用户', en: 'subscribers it finds' },
    before: null,
    after: count === null ? same('—') : same(`${count} / ${of}`),
  }
  const warned: Change[] =
    surprise === undefined ? [] : [{ field: { zh: '注意', en: 'mind' }, before: null, after: surprise }]
  return [...differing, finds, ...warned]
}

const titles: Readonly<Record<string, Words>> = {
  version: { zh: '版本', en: 'version' },
  title: { zh: '名称', en: 'title' },
  means: { zh: '含义', en: 'meaning' },
  owner: { zh: '负责人', en: 'owner' },
  condition: { zh: '条件', en: 'condition' },
  points: { zh: '分值', en: 'points' },
  level: { zh: '最低等级', en: 'level at least' },
  action: { zh: '对应动作', en: 'action' },
  control: { zh: '对照组比例（%）', en: 'control group (%)' },
  validity: { zh: '有效期', en: 'validity' },
}

function fieldsOf({ catalogue }: Application, rule: Rule): ReadonlyMap<string, Words> {
  const byId = catalogue.askable
  const condition = bindRule(rule, '2026-01-01' as PlainDate)
  const from = rule.validFrom ?? '…'
  const to = rule.validTo ?? '…'
  const parameters = rule.parameters.map(p => {
    const say = (lang: 'zh' | 'en') => {
      const shown = (v: typeof p.default | undefined) =>
        v === undefined ? '…' : sayValue(v, { ...p, feeds: [] }, lang)
      return `${p.title[lang]} ${shown(p.default)} (${shown(p.min)} – ${shown(p.max)})`
    }
    return [p.id, { zh: say('zh'), en: say('en') }] as const
  })
  return new Map<string, Words>([
    ['version', same(String(rule.version))],
    ['title', rule.title],
    ['means', rule.means],
    ['owner', same(rule.owner)],
    ['condition', { zh: sentence(condition, byId, 'zh'), en: sentence(condition, byId, 'en') }],
    ...parameters,
    ['points', same(String(rule.points))],
    ['level', same(rule.levelAtLeast ?? '—')],
    ['action', same(rule.action ?? '—')],
    ['control', same(String(rule.controlPercent))],
    ['validity', same(`${from} – ${to}`)],
  ])
}

function same(text: string): Words {
  return { zh: text, en: text }
}
