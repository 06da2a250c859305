import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { FaultNote } from '../../answer.tsx'
import { call, useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'

/** The way in through the company's sign-in service, where one is set up. */
export function ThroughCompany({ back }: { readonly back: string | undefined }) {
  const { say, pick } = useSay()
  const ways = useReply('showSignInWays')
  const leave = useMutation({
    mutationKey: ['signIn'],
    mutationFn: () => call('startOidc', { body: back === undefined ? {} : { back } }),
    onSuccess: ({ url }) => window.location.assign(url),
  })
  if (ways.data === undefined || ways.data.oidc === null) return null
  return (
    <div className="stack">
      <Button block loading={leave.isPending || leave.isSuccess} onClick={() => leave.mutate()}>
        {pick(ways.data.oidc)}
      </Button>
      {leave.error === null ? null : <FaultNote error={leave.error} />}
      {ways.data.passwords ? null : <div className="faint small">{say.signInMore.passwordsClosed}</div>}
    </div>
  )
}
