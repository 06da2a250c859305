import { Link } from '@tanstack/react-router'
import { useSay } from '../say/use-say.ts'
import { Page } from '../ui/page.tsx'
import { Nothing } from '../ui/states.tsx'

export function MissingPage() {
  const { say } = useSay()
  return (
    <Page title={say.notFound}>
      <Nothing
        title={say.notFound}
        more={say.notFoundMore}
        action={<Link to="/tasks">{say.nav.tasks}</Link>}
      />
    </Page>
  )
}
