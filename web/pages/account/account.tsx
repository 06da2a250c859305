import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Segmented } from 'antd'
import { useState } from 'react'
import { Answer, FaultNote } from '../../answer.tsx'
import { ApiFault, call, keyOf, useReply } from '../../api.ts'
import { ChangePasswordForm } from '../../forms/change-password.tsx'
import { chooseLanguage, type Language } from '../../say/language.ts'
import { useSay } from '../../say/use-say.ts'
import { Facts, Page } from '../../ui/page.tsx'
import { SessionsTable } from './sessions-table.tsx'
import { TwoStep } from './totp.tsx'

/** One's own account: who one is here, language, password, second step, sessions. */
export function AccountPage() {
  const { say, pick } = useSay()
  const account = useReply('showAccount')
  return (
    <Page title={say.account.title}>
      <Answer to={account}>
        {me => (
          <div className="stack">
            <div className="two">
              <div className="stack">
                <section className="panel">
                  <Facts
                    rows={[
                      [say.sessions.staff, `${pick(me.name)} (${me.login})`],
                      [say.account.roles, me.roles.map(role => pick(role.title)).join(say.comma)],
                      [say.account.unit, pick(me.unit)],
                    ]}
                  />
                </section>
                <LanguageChoice kept={me.language} />
              </div>
              <div className="stack">
                <TwoStep totp={me.totp} />
                <Password login={me.login} />
              </div>
            </div>
            <OwnSessions />
          </div>
        )}
      </Answer>
    </Page>
  )
}

const languages = [
  { value: 'zh' as Language, label: '中文' },
  { value: 'en' as Language, label: 'English' },
]

function LanguageChoice({ kept }: { readonly kept: Language }) {
  const { say } = useSay()
  const client = useQueryClient()
  const choose = useMutation({
    mutationFn: (language: Language) => call('chooseLanguage', { body: { language } }),
    onSuccess: async (_, language) => {
      await chooseLanguage(language)
      await client.invalidateQueries({ queryKey: keyOf('showAccount') })
      await client.invalidateQueries({ queryKey: keyOf('whoAmI') })
    },
  })
  return (
    <section className="panel stack" aria-label={say.language}>
      <h2>{say.language}</h2>
      <p className="faint">{say.account.languageMeans}</p>
      <div className="row">
        <Segmented<Language>
          aria-label={say.account.languageMeans}
          options={languages}
          value={kept}
          onChange={language => choose.mutate(language)}
        />
        {choose.isSuccess ? <span role="status">{say.account.languageKept}</span> : null}
      </div>
      {choose.error === null ? null : <FaultNote error={choose.error} />}
    </section>
  )
}

/** A new password ends all sessions, so this one is begun anew; with two-step sign-in the console asks for it. */
function Password({ login }: { readonly login: string }) {
  const { say } = useSay()
  const client = useQueryClient()
  const [isChanged, setIsChanged] = useState(false)
  return (
    <section className="panel stack" aria-label={say.account.password}>
      <h2>{say.account.password}</h2>
      <p className="faint">{say.account.passwordMeans}</p>
      <ChangePasswordForm
        onChanged={async password => {
          try {
            const session = await call('signIn', { body: { login, password } })
            client.setQueryData(keyOf('whoAmI'), session)
          } catch (error) {
            // The second step is asked for on the sign-in page, where everyone without a session is led.
            if (!(error instanceof ApiFault)) throw error
            return client.invalidateQueries({ queryKey: keyOf('whoAmI') })
          }
          await client.invalidateQueries({ queryKey: keyOf('listOwnSessions') })
          return setIsChanged(true)
        }}
      />
      {isChanged ? <Alert type="success" showIcon title={say.account.passwordChanged} /> : null}
    </section>
  )
}

function OwnSessions() {
  const { say } = useSay()
  const sessions = useReply('listOwnSessions', {}, { every: 30_000 })
  return (
    <section className="panel stack" aria-label={say.account.sessions}>
      <h2>{say.account.sessions}</h2>
      <p className="faint">{say.account.sessionsMeans}</p>
      <Answer to={sessions}>{({ rows }) => <SessionsTable rows={rows} of="own" />}</Answer>
    </section>
  )
}
