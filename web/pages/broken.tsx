import type { ErrorComponentProps } from '@tanstack/react-router'
import { FaultNote } from '../answer.tsx'
import { ApiFault } from '../api.ts'
import { useSay } from '../say/use-say.ts'
import { FaultShown } from '../ui/states.tsx'

/** A page that could not be shown: the server's fault in words, or a bug of ours by its name. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const { say } = useSay()
  return (
    <div className="page">
      {error instanceof ApiFault ? (
        <FaultNote error={error} again={reset} />
      ) : (
        <FaultShown sentence={String(error)} code={say.bug} again={{ label: say.again, act: reset }} />
      )}
    </div>
  )
}
