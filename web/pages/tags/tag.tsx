import { getRouteApi, Link } from '@tanstack/react-router'
import { Card } from 'antd'
import { useMemo } from 'react'
import type { Tag } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Facts, Page } from '../../ui/page.tsx'
import { Trend } from '../../ui/trend.tsx'
import { Apart, Together } from './apart.tsx'
import { TagLife } from './tag-life.tsx'
import { Coverage, TagNotes } from './tag-parts.tsx'
import { WhoHasIt } from './who-has-it.tsx'

const route = getRouteApi('/frame/tags/$tagId')

export function TagPage() {
  const { tagId } = route.useParams()
  const tag = useReply('showTag', { parts: { id: tagId } })
  return <Answer to={tag}>{found => <OneTag tag={found} />}</Answer>
}

function OneTag({ tag }: { readonly tag: Tag }) {
  const { say, pick } = useSay()
  const aside = (
    <span className="row">
      <TagNotes tag={tag} />
      <Link to="/tags">{say.tags.title}</Link>
    </span>
  )
  return (
    <Page title={pick(tag.title)} aside={aside}>
      <div className="stack">
        <Card size="small" title={<h2>{say.tags.condition}</h2>}>
          <p>{pick(tag.means)}</p>
          {tag.sentence === null ? null : <p className="script">{pick(tag.sentence)}</p>}
          <Facts
            rows={[
              [
                say.tags.coverage,
                <span key="coverage" className="row">
                  <Coverage subscribers={tag.subscribers} of={tag.of} />
                  <Link to="/tags/$tagId/customers" params={{ tagId: tag.id }}>
                    {say.tags.customers}
                  </Link>
                </span>,
              ],
              [say.tags.group, pick(tag.group.title)],
              [say.tags.source, say.tags.sources[tag.source]],
              [say.tags.owner, tag.owner],
              [say.state, say.tags.lives[tag.life]],
              [say.tags.version, String(tag.version)],
              [say.tags.refreshed, tag.asOf],
              [say.rules.factors, tag.factors.map(f => pick(f.title)).join(say.comma)],
            ]}
          />
        </Card>
        <TagLife tag={tag} />
        <CoverageTrend coverage={tag.coverage} />
        <WhoHasIt tag={tag} />
        <div className="two even">
          <Together tag={tag} />
          <Apart tag={tag} />
        </div>
      </div>
    </Page>
  )
}

function CoverageTrend({ coverage }: { readonly coverage: Tag['coverage'] }) {
  const { say } = useSay()
  const at = useMemo(() => coverage.map(c => c.day.slice(5)), [coverage])
  const series = useMemo(
    () => [{ name: say.tags.coverage, as: 'line' as const, values: coverage.map(c => c.subscribers) }],
    [coverage, say],
  )
  if (coverage.length < 2) return null
  return (
    <Card size="small" title={<h2>{say.tags.coverage}</h2>}>
      <Trend label={say.tags.coverageText} at={at} series={series} />
    </Card>
  )
}
