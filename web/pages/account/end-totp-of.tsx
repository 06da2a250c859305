import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import { FaultNote } from '../../answer.tsx'
import { call } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'

/** For somebody who lost phone and recovery codes. An account's key is its login behind `staff_`. */
export function EndTotpOf() {
  const { say } = useSay()
  const [login, setLogin] = useState('')
  const name = login.trim().toLowerCase()
  const end = useMutation({ mutationFn: () => call('endTotpOf', { parts: { staff: `staff_${name}` } }) })
  return (
    <section className="panel stack narrow" aria-label={say.sessions.endTotp}>
      <h2>{say.sessions.endTotp}</h2>
      <p className="faint">{say.sessions.endTotpMeans}</p>
      <Form layout="inline" className="row">
        <Form.Item label={say.signIn.login} htmlFor="end-totp-of">
          <Input
            id="end-totp-of"
            value={login}
            maxLength={70}
            onChange={event => {
              end.reset()
              setLogin(event.target.value)
            }}
          />
        </Form.Item>
        <Popconfirm
          title={say.sessions.endTotpSure({ name })}
          okText={say.sessions.endTotp}
          cancelText={say.back}
          disabled={name === ''}
          onConfirm={() => end.mutate()}
        >
          <Button danger disabled={name === ''} loading={end.isPending}>
            {say.sessions.endTotp}
          </Button>
        </Popconfirm>
      </Form>
      {end.error === null ? null : <FaultNote error={end.error} />}
      {end.isSuccess ? <Alert type="success" showIcon title={say.sessions.endTotpDone} /> : null}
    </section>
  )
}
