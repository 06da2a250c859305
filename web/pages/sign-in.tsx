import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { keyOf } from '../api.ts'
import { SignInForm } from '../forms/sign-in.tsx'
import { useSay } from '../say/use-say.ts'
import { ThroughCompany } from './account/through-company.tsx'
import { LanguageSwitch } from './language-switch.tsx'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { say } = useSay()
  const { back, ended } = route.useSearch()
  const client = useQueryClient()
  const router = useRouter()
  return (
    <main className="sign-in">
      <div className="sign-in-card stack">
        <div className="row">
          <h1 className="brand">{say.productLong}</h1>
        </div>
        <LanguageSwitch />
        {ended === undefined ? null : <div className="faint">{say.signIn.ended}</div>}
        <SignInForm
          onSignedIn={async session => {
            client.clear()
            client.setQueryData(keyOf('whoAmI'), session)
            router.history.push(back ?? '/')
          }}
        />
        <ThroughCompany back={back} />
      </div>
    </main>
  )
}
