import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { Button, Layout } from 'antd'
import { useEffect } from 'react'
import type { Reply } from '#wire'
import { Answer } from '../answer.tsx'
import { ApiFault, call, useReply } from '../api.ts'
import { pagesFor } from '../permissions.ts'
import { suggestLanguage } from '../say/language.ts'
import { useSay } from '../say/use-say.ts'
import { ChangePasswordPage } from './change-password.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { TermHint } from './term-hint.tsx'

/** What stands around every screen: who is signed in, how fresh the data is, and where one can go. */
export function Frame() {
  const { say } = useSay()
  const session = useReply('whoAmI', {}, { every: me => (me?.living ? 5_000 : 60_000) })
  useLeaveWhenEnded(session.error)
  return (
    <Answer to={session}>
      {me => (
        <Layout style={{ minHeight: '100vh' }}>
          <a href="#content" className="skip">
            {say.skip}
          </a>
          <Head me={me} />
          <Layout>
            <Layout.Sider width={188} breakpoint="lg" collapsedWidth={0} className="frame-side">
              <nav aria-label={say.nav.label}>
                {pagesFor(me.permissions).map(page => (
                  <Link key={page} to={`/${page}`} activeOptions={{ includeSearch: false }}>
                    {say.nav[page]}
                  </Link>
                ))}
              </nav>
            </Layout.Sider>
            <Layout.Content>
              <main id="content" tabIndex={-1}>
                {me.staff.mustChangePassword ? <ChangePasswordPage login={me.staff.login} /> : <Outlet />}
              </main>
            </Layout.Content>
          </Layout>
        </Layout>
      )}
    </Answer>
  )
}

function useLeaveWhenEnded(error: unknown): void {
  const navigate = useNavigate()
  const hasEnded = error instanceof ApiFault && error.status === 401
  useEffect(() => {
    if (!hasEnded) return
    const back = window.location.pathname + window.location.search
    void navigate({ to: '/sign-in', search: { back, ended: true } })
  }, [hasEnded, navigate])
}

function Head({ me }: { readonly me: Reply<'whoAmI'> }) {
  const { say, pick } = useSay()
  const client = useQueryClient()
  const navigate = useNavigate()
  useEffect(() => {
    void suggestLanguage(me.language)
  }, [me.language])

  const leave = async () => {
    await call('signOut')
    await navigate({ to: '/sign-in', search: {} })
    client.clear()
  }
  return (
    <Layout.Header className="frame-head">
      <span className="brand">{say.product}</span>
      <span className="row small faint">
        <span>
          {me.asOf === null ? say.noDataYet : <TermHint of="asOf" text={say.asOf({ day: me.asOf })} />}
        </span>
        {me.dataThrough === null ? null : <span>{say.dataThrough({ day: me.dataThrough })}</span>}
        <span>{say.businessDay({ day: me.businessDay })}</span>
        {me.living === null ? null : (
          <span role="status">{say.living({ lived: me.living.lived, of: me.living.of })}</span>
        )}
      </span>
      <span className="grow" />
      <LanguageSwitch />
      <span className="nowrap">
        <Link to="/account" className="account-link" title={say.nav.account}>
          {pick(me.staff.name)}
        </Link>{' '}
        <span className="faint">{me.staff.roles.map(role => pick(role.title)).join(say.comma)}</span>
      </span>
      <Button onClick={() => void leave()}>{say.signOut}</Button>
    </Layout.Header>
  )
}
