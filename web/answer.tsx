import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { faultOf } from './api.ts'
import { useSay } from './say/use-say.ts'
import { FaultShown, Loading } from './ui/states.tsx'

interface AnswerProps<T> {
  readonly to: UseQueryResult<T>
  readonly children: (reply: T) => ReactNode
}

/** What the server answered, or that it is being read, or what went wrong and a way to try again. */
export function Answer<T>({ to, children }: AnswerProps<T>) {
  const { say } = useSay()
  if (to.data !== undefined) return <>{children(to.data)}</>
  if (to.error !== null) return <FaultNote error={to.error} again={() => void to.refetch()} />
  return <Loading label={say.loading} />
}

interface FaultNoteProps {
  readonly error: unknown
  readonly again?: () => void
}

export function FaultNote({ error, again }: FaultNoteProps) {
  const { say, pick } = useSay()
  const fault = faultOf(error)
  return (
    <FaultShown
      sentence={pick(fault)}
      code={say.faultCode({ code: fault.code })}
      {...(again === undefined ? {} : { again: { label: say.again, act: again } })}
    />
  )
}
