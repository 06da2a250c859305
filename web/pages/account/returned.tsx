import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { FaultNote } from '../../answer.tsx'
import { call, keyOf } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Loading } from '../../ui/states.tsx'

/** Where the company's sign-in service sends people back to: ends the sign-in, or says why not. */
export function ReturnedPage() {
  const { say } = useSay()
  const client = useQueryClient()
  const router = useRouter()
  const finish = useMutation({
    mutationKey: ['signIn'],
    mutationFn: (query: string) => call('finishOidc', { body: { query } }),
    onSuccess: ({ back, ...session }) => {
      client.clear()
      client.setQueryData(keyOf('whoAmI'), session)
      router.history.replace(back ?? '/')
    },
  })
  const isAsked = useRef(false)
  const { mutate } = finish
  useEffect(() => {
    // Each return counts once; React may run an effect twice.
    if (isAsked.current) return
    isAsked.current = true
    mutate(window.location.search || '?')
  }, [mutate])
  return (
    <main className="sign-in">
      <div className="sign-in-card stack">
        <h1 className="brand">{say.productLong}</h1>
        {finish.error === null ? (
          <Loading label={say.signInMore.returning} />
        ) : (
          <>
            <h2>{say.signInMore.notReturned}</h2>
            <FaultNote error={finish.error} />
            <Link to="/sign-in" search={{}}>
              {say.signInMore.toSignIn}
            </Link>
          </>
        )}
      </div>
    </main>
  )
}
