import type { Reply } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatCount } from '../../ui/format.ts'

type Threshold = Reply<'varyDraft'>['thresholds'][number]

/** How the count moves with each threshold: a bar for each value tried, the one in force marked. */
export function Sensitivity({ thresholds }: { readonly thresholds: readonly Threshold[] }) {
  const { say, pick } = useSay()
  const words = say.preview
  if (thresholds.length === 0) return <span className="faint">{words.noThresholds}</span>
  return (
    <div className="stack">
      {thresholds.map(threshold => {
        const name = `${pick(threshold.factor.title)} · ${words.parts[threshold.part]}`
        const most = Math.max(1, ...threshold.tries.map(t => t.count))
        return (
          <table
            key={`${threshold.path.join('.')} ${threshold.part}`}
            className="bars"
            aria-label={words.sensitivityText({ factor: name })}
          >
            <caption>{name}</caption>
            <tbody>
              {threshold.tries.map(tried => {
                const isOwn = tried.value === threshold.value
                return (
                  <tr key={String(tried.value)} aria-current={isOwn ? 'true' : undefined}>
                    <th scope="row" className={isOwn ? 'strong' : ''}>
                      {pick(tried.shown)}
                    </th>
                    <td className="bar">
                      <progress max={most} value={tried.count} aria-label={pick(tried.shown)} />
                    </td>
                    <td className="number">{formatCount(tried.count)}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        )
      })}
    </div>
  )
}
