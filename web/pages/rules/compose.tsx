import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, Card, Select } from 'antd'
import { useMemo, useState } from 'react'
import type { Reply } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { formatCount } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { useMay } from '../use-may.ts'
import { type About, aboutNothing, aboutOf } from './about.ts'
import { GroupForm } from './condition-form.tsx'
import {
  askedOf,
  changed,
  comparisonsIn,
  type Draft,
  draftOf,
  emptyDraft,
  type Factor,
  isFinished,
  type Parameter,
  type Part,
} from './draft.ts'
import { ParameterForm } from './parameter-form.tsx'
import { turned } from './parameters.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { SaveForm } from './save-form.tsx'

const route = getRouteApi('/frame/rules/compose')

/** Any factors combined into a condition, and at once whom that finds. */
export function ComposePage() {
  const { say } = useSay()
  const { from } = route.useSearch()
  const factors = useReply('listFactors')
  const rules = useReply('listRules')
  const begun = useReply(
    'listRuleVersions',
    { parts: { id: from ?? 'none' } },
    { enabled: from !== undefined },
  )
  return (
    <Page title={say.compose.title} aside={<Link to="/rules">{say.rules.title}</Link>}>
      <Answer to={factors}>
        {known => (
          <Answer to={rules}>
            {({ actions }) =>
              from === undefined ? (
                <Compose
                  key="new"
                  factors={[...known.factors, ...known.beside]}
                  actions={actions}
                  begin={{ draft: emptyDraft(), about: aboutNothing }}
                />
              ) : (
                <Answer to={begun}>
                  {({ id, versions }) => (
                    <Compose
                      key={id}
                      factors={[...known.factors, ...known.beside]}
                      actions={actions}
                      begin={fromVersion(versions)}
                    />
                  )}
                </Answer>
              )
            }
          </Answer>
        )}
      </Answer>
    </Page>
  )
}

/** The draft there is, otherwise what is in force, otherwise the newest. */
function fromVersion(versions: Reply<'listRuleVersions'>['versions']): Begin {
  const content =
    ['draft', 'active']
      .map(state => versions.find(v => v.state === state))
      .concat(versions[0])
      .find(v => v !== undefined)?.content ?? {}
  const parameters = (content['parameters'] ?? []) as readonly Partial<Parameter>[]
  const whole = parameters.map(p => ({ unit: null, min: null, max: null, ...p }) as Parameter)
  const action = typeof content['action'] === 'string' ? content['action'] : null
  return { draft: draftOf(content['condition'], whole, action), about: aboutOf(content) }
}

interface Begin {
  readonly draft: Draft
  readonly about: About
}

interface ComposeProps {
  readonly factors: readonly Factor[]
  readonly actions: Reply<'listRules'>['actions']
  readonly begin: Begin
}

function Compose({ factors, actions, begin }: ComposeProps) {
  const { say, pick } = useSay()
  const mayChange = useMay('rule.change')
  const [draft, setDraft] = useState(begin.draft)
  const byId = useMemo(() => new Map(factors.map(f => [f.id, f])), [factors])
  const change = (key: string, by: (part: Part) => Part | null) =>
    setDraft(before => ({ ...before, root: changed(before.root, key, by) }))
  const unfinished = comparisonsIn(draft.root).filter(c => !isFinished(c)).length
  return (
    <div className="stack">
      <p className="faint">{say.compose.intro}</p>
      <div className="two compose">
        <div className="stack">
          <Card size="small" title={<h2>{say.compose.condition}</h2>}>
            <GroupForm
              group={draft.root}
              isRoot
              writing={{
                factors: byId,
                parameters: draft.parameters,
                change,
                turn: (comparison, nth) => setDraft(before => turned(before, comparison, nth, byId)),
              }}
              onChange={root => setDraft(before => ({ ...before, root }))}
            />
            {unfinished === 0 ? null : (
              <p className="faint small" role="status">
                {say.compose.unfinished({ count: formatCount(unfinished) })}
              </p>
            )}
          </Card>
          <ParameterForm
            parameters={draft.parameters}
            onChange={parameters => setDraft(before => ({ ...before, parameters }))}
          />
          <Card size="small" title={<h2>{say.compose.action}</h2>}>
            <Select<string>
              aria-label={say.compose.action}
              style={{ width: '100%' }}
              allowClear
              placeholder={say.compose.noAction}
              value={draft.action}
              options={actions.map(a => ({ value: a.code, label: `${pick(a.title)} (${a.code})` }))}
              onChange={(action: string | undefined) =>
                setDraft(before => ({ ...before, action: action ?? null }))
              }
            />
          </Card>
          {mayChange ? <SaveForm begin={begin.about} draft={draft} hasUnfinished={unfinished > 0} /> : null}
        </div>
        <Preview draft={draft} />
      </div>
    </div>
  )
}

function Preview({ draft }: { readonly draft: Draft }) {
  const { say } = useSay()
  const asked = askedOf(draft)
  if (asked === undefined) return <Alert type="info" title={say.compose.nothing} />
  return <PreviewPanel asked={asked} />
}
