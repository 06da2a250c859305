import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button, Card, Form, Input, InputNumber, Segmented, Select } from 'antd'
import { type ReactElement, useMemo, useState } from 'react'
import type { Reply } from '#wire'
import { Answer, FaultNote } from '../../answer.tsx'
import { call, useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Page } from '../../ui/page.tsx'
import { GroupForm } from '../rules/condition-form.tsx'
import {
  askedOf,
  changed,
  comparisonsIn,
  type Draft,
  draftOf,
  emptyDraft,
  type Factor,
  isFinished,
  type Part,
} from '../rules/draft.ts'

const route = getRouteApi('/frame/tags/compose')

/** A tag, new or changed: what it is called, who answers for it, and to whom it is given. */
export function ComposeTagPage() {
  const { say } = useSay()
  const { from } = route.useSearch()
  const library = useReply('listTags')
  const factors = useReply('listFactors')
  const versions = useReply(
    'listTagVersions',
    { parts: { id: from ?? 'none' } },
    { enabled: from !== undefined },
  )
  return (
    <Page
      title={from === undefined ? say.tags.add : say.tags.edit}
      aside={<Link to="/tags">{say.tags.title}</Link>}
    >
      <Answer to={library}>
        {({ groups }) => (
          <Answer to={factors}>
            {known =>
              from === undefined ? (
                <TagForm key="new" groups={groups} factors={known.factors} begin={{}} />
              ) : (
                <Answer to={versions}>
                  {found => (
                    <TagForm
                      key={from}
                      groups={groups}
                      factors={known.factors}
                      begin={found.versions[0]?.content ?? {}}
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

interface Said {
  readonly id: string
  readonly titleZh: string
  readonly titleEn: string
  readonly meansZh: string
  readonly meansEn: string
  readonly owner: string
  readonly group: string
  readonly source: 'rule' | 'import'
  readonly holdsDays: number
}
type Content = Readonly<Record<string, unknown>>
type Words = { readonly zh?: string; readonly en?: string }

function saidIn(content: Content): Said {
  const title = (content['title'] ?? {}) as Words
  const means = (content['means'] ?? {}) as Words
  const text = (name: string) => (typeof content[name] === 'string' ? content[name] : '')
  return {
    id: text('id'),
    titleZh: title.zh ?? '',
    titleEn: title.en ?? '',
    meansZh: means.zh ?? '',
    meansEn: means.en ?? '',
    owner: text('owner'),
    group: text('group') || 'attributes',
    source: content['source'] === 'import' ? 'import' : 'rule',
    holdsDays: Number(content['holdsDays'] ?? 30),
  }
}

function contentFrom(said: Said, draft: Draft): Content | undefined {
  const { id, titleZh, titleEn, meansZh, meansEn, owner, group, source, holdsDays } = said
  const condition = askedOf(draft)?.condition
  if (source === 'rule' && condition === undefined) return undefined
  const words = { title: { zh: titleZh, en: titleEn }, means: { zh: meansZh, en: meansEn } }
  return { id, group, ...words, owner, source, ...(source === 'rule' ? { condition } : { holdsDays }) }
}

interface TagFormProps {
  readonly groups: Reply<'listTags'>['groups']
  readonly factors: readonly Factor[]
  readonly begin: Content
}

function TagForm({ groups, factors, begin }: TagFormProps) {
  const { say } = useSay()
  const words = say.tags
  const client = useQueryClient()
  const navigate = useNavigate()
  const [said, setSaid] = useState(() => saidIn(begin))
  const [draft, setDraft] = useState(() =>
    begin['condition'] === undefined ? emptyDraft() : draftOf(begin['condition'], [], null),
  )
  const put = (change: Partial<Said>) => setSaid(before => ({ ...before, ...change }))
  const save = useMutation({
    mutationFn: (tag: Content) => call('saveTag', { body: { tag } }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries()
      await navigate({ to: '/tags/$tagId', params: { tagId: id } })
    },
  })
  const content = contentFrom(said, draft)
  const isUnfinished = said.source === 'rule' && comparisonsIn(draft.root).some(c => !isFinished(c))
  return (
    <Form layout="vertical" onFinish={() => content !== undefined && save.mutate(content)} className="stack">
      <p className="faint">{words.saveMeans}</p>
      <Names said={said} put={put} groups={groups} isNew={begin['id'] === undefined} />
      <Given said={said} put={put} draft={draft} setDraft={setDraft} factors={factors} />
      {save.error === null ? null : <FaultNote error={save.error} />}
      <div>
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending}
          disabled={content === undefined || isUnfinished || said.id === ''}
        >
          {words.saveAct}
        </Button>
      </div>
    </Form>
  )
}

interface PartProps {
  readonly said: Said
  readonly put: (change: Partial<Said>) => void
}

function Names({
  said,
  put,
  groups,
  isNew,
}: PartProps & Pick<TagFormProps, 'groups'> & { readonly isNew: boolean }) {
  const { say, pick } = useSay()
  const field = (name: 'id' | 'titleZh' | 'titleEn' | 'meansZh' | 'meansEn' | 'owner'): ReactElement => (
    <Form.Item label={say.ruleLife[name]} htmlFor={`tag-${name}`} style={{ marginBottom: 8 }}>
      <Input
        id={`tag-${name}`}
        value={said[name]}
        required
        disabled={name === 'id' && !isNew}
        onChange={event => put({ [name]: event.target.value })}
      />
    </Form.Item>
  )
  return (
    <div className="tiles">
      {field('id')}
      {field('owner')}
      {field('titleZh')}
      {field('titleEn')}
      {field('meansZh')}
      {field('meansEn')}
      <Form.Item label={say.tags.group} htmlFor="tag-group" style={{ marginBottom: 8 }}>
        <Select
          id="tag-group"
          value={said.group}
          options={groups.map(g => ({ value: g.code, label: pick(g.title) }))}
          onChange={group => put({ group })}
        />
      </Form.Item>
    </div>
  )
}

interface GivenProps extends PartProps {
  readonly draft: Draft
  readonly setDraft: (by: (before: Draft) => Draft) => void
  readonly factors: readonly Factor[]
}

/** To whom it is given: by a condition, or whom a file names. */
function Given({ said, put, draft, setDraft, factors }: GivenProps) {
  const { say } = useSay()
  const byId = useMemo(() => new Map(factors.map(f => [f.id, f])), [factors])
  const change = (key: string, by: (part: Part) => Part | null) =>
    setDraft(before => ({ ...before, root: changed(before.root, key, by) }))
  return (
    <Card size="small" title={<h2>{say.tags.condition}</h2>}>
      <div className="stack">
        <Segmented
          aria-label={say.tags.source}
          value={said.source}
          options={(['rule', 'import'] as const).map(value => ({ value, label: say.tags.sources[value] }))}
          onChange={value => put({ source: value === 'import' ? 'import' : 'rule' })}
        />
        {said.source === 'rule' ? (
          <GroupForm
            group={draft.root}
            isRoot
            writing={{ factors: byId, parameters: [], change, turn: () => {} }}
            onChange={root => setDraft(before => ({ ...before, root }))}
          />
        ) : (
          <Form.Item label={say.tags.holdsDays} htmlFor="tag-days" extra={say.tags.fillMeans}>
            <InputNumber<number>
              id="tag-days"
              min={1}
              max={400}
              precision={0}
              value={said.holdsDays}
              onChange={value => put({ holdsDays: value ?? 30 })}
            />
          </Form.Item>
        )}
      </div>
    </Card>
  )
}
