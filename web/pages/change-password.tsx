import { useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { call, keyOf } from '../api.ts'
import { ChangePasswordForm } from '../forms/change-password.tsx'
import { useSay } from '../say/use-say.ts'
import { Page } from '../ui/page.tsx'

/** Shown in place of every page until a person has a password of their own. Changing it ends all sessions: sign in anew. */
export function ChangePasswordPage({ login }: { readonly login: string }) {
  const { say } = useSay()
  const client = useQueryClient()
  return (
    <Page title={say.signIn.change}>
      <div className="stack narrow">
        <Alert type="info" showIcon title={say.signIn.mustChange} />
        <ChangePasswordForm
          onChanged={async password => {
            const session = await call('signIn', { body: { login, password } })
            client.setQueryData(keyOf('whoAmI'), session)
          }}
        />
      </div>
    </Page>
  )
}
