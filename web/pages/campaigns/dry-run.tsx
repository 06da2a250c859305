import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { FaultNote } from '../../answer.tsx'
import { call } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { formatCount } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'

/** What the campaign alone would do this morning; nothing of it is done. */
export function DryRun({ id }: { readonly id: string }) {
  const { say, pick } = useSay()
  const words = say.campaigns
  const run = useMutation({ mutationFn: () => call('dryRunCampaign', { parts: { id } }) })
  const found = run.data
  return (
    <div className="stack">
      <div className="row">
        <Button loading={run.isPending} onClick={() => run.mutate()}>
          {words.dryRun}
        </Button>
        <span className="faint small">{words.dryRunMore}</span>
      </div>
      {run.error === null ? null : <FaultNote error={run.error} />}
      {found === undefined ? null : (
        <div className="stack" role="status">
          <span>
            {words.dryRunOf({
              day: found.asOf,
              members: formatCount(found.members),
              due: formatCount(found.due),
            })}
          </span>
          <SmallTable
            rows={found.outcomes}
            keyOf={row => `${row.result} ${row.channel} ${row.code}`}
            nothing={say.none}
            columns={[
              { title: words.result, of: row => words.results[row.result] },
              { title: words.by, of: row => words.channel[row.channel] },
              { title: say.reason, of: row => pick(row.title) },
              { title: words.count, of: row => formatCount(row.count), isNumber: true },
            ]}
          />
        </div>
      )}
    </div>
  )
}
