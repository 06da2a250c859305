import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import { FaultNote } from '../../answer.tsx'
import { call } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { useMay } from '../use-may.ts'

/** For somebody who forgot the password, or lost phone and recovery codes. An account's key is its login behind `staff_`. */
export function HelpColleague() {
  const { say } = useSay()
  const mayReset = useMay('staff.change')
  const [login, setLogin] = useState('')
  const name = login.trim().toLowerCase()
  const parts = { staff: `staff_${name}` }
  const end = useMutation({ mutationFn: () => call('endTotpOf', { parts }) })
  const reset = useMutation({ mutationFn: () => call('resetPasswordOf', { parts }) })
  const error = end.error ?? reset.error
  return (
    <section className="panel stack narrow" aria-label={say.sessions.help}>
      <h2>{say.sessions.help}</h2>
      <p className="faint">{say.sessions.helpMeans}</p>
      <Form layout="vertical">
        <Form.Item label={say.signIn.login} htmlFor="help-colleague">
          <Input
            id="help-colleague"
            value={login}
            maxLength={70}
            onChange={event => {
              end.reset()
              reset.reset()
              setLogin(event.target.value)
            }}
          />
        </Form.Item>
      </Form>
      <div className="row">
        {mayReset ? (
          <Popconfirm
            title={say.sessions.resetSure({ name })}
            description={say.sessions.resetMeans}
            okText={say.sessions.reset}
            cancelText={say.back}
            disabled={name === ''}
            onConfirm={() => reset.mutate()}
          >
            <Button danger disabled={name === ''} loading={reset.isPending}>
              {say.sessions.reset}
            </Button>
          </Popconfirm>
        ) : null}
        <Popconfirm
          title={say.sessions.endTotpSure({ name })}
          description={say.sessions.endTotpMeans}
          okText={say.sessions.endTotp}
          cancelText={say.back}
          disabled={name === ''}
          onConfirm={() => end.mutate()}
        >
          <Button danger disabled={name === ''} loading={end.isPending}>
            {say.sessions.endTotp}
          </Button>
        </Popconfirm>
      </div>
      {error === null ? null : <FaultNote error={error} />}
      {end.isSuccess ? <Alert type="success" showIcon title={say.sessions.endTotpDone} /> : null}
      {reset.data === undefined ? null : (
        <Alert
          type="warning"
          showIcon
          title={say.sessions.resetDone({ name: reset.data.login })}
          description={<code className="secret">{reset.data.password}</code>}
        />
      )}
    </section>
  )
}
