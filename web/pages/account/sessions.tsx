import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Page } from '../../ui/page.tsx'
import { HelpColleague } from './help-colleague.tsx'
import { SessionsTable } from './sessions-table.tsx'

/** Who is signed in, for those who may end it. */
export function SessionsPage() {
  const { say } = useSay()
  const sessions = useReply('listSessions', {}, { every: 30_000 })
  return (
    <Page title={say.sessions.title}>
      <div className="stack">
        <p className="faint">{say.sessions.intro}</p>
        <Answer to={sessions}>{({ rows }) => <SessionsTable rows={rows} of="all" />}</Answer>
        <HelpColleague />
      </div>
    </Page>
  )
}
