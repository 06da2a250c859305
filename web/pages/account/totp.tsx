import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, QRCode } from 'antd'
import { useState } from 'react'
import type { Reply } from '#wire'
import { FaultNote } from '../../answer.tsx'
import { call, keyOf } from '../../api.ts'
import { ProvePassword } from '../../forms/prove-password.tsx'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatMoment } from '../../ui/format.ts'

type State = Reply<'showAccount'>['totp']

/** Two-step sign-in: off, being set up, just turned on (with the recovery codes), or on. */
export function TwoStep({ totp }: { readonly totp: State }) {
  const { say } = useSay()
  const client = useQueryClient()
  const [codes, setCodes] = useState<readonly string[]>()
  const forget = () => client.invalidateQueries({ queryKey: keyOf('showAccount') })
  return (
    <section className="panel stack" aria-label={say.totp.title}>
      <h2>
        {say.totp.title}{' '}
        <Badge tone={totp.since === null ? 'calm' : 'good'}>
          {totp.since === null ? say.totp.off : say.totp.on}
        </Badge>
      </h2>
      {codes !== undefined ? (
        <RecoveryCodes
          codes={codes}
          onKept={() => {
            setCodes(undefined)
            void forget()
          }}
        />
      ) : totp.since === null ? (
        <SetUp onDone={setCodes} />
      ) : (
        <TakeAway since={totp.since} left={totp.recoveryCodesLeft} onDone={() => void forget()} />
      )}
    </section>
  )
}

function SetUp({ onDone }: { readonly onDone: (codes: readonly string[]) => void }) {
  const { say } = useSay()
  const [isBegun, setIsBegun] = useState(false)
  const begin = useMutation({
    mutationFn: (password: string) => call('beginTotp', { body: { password } }),
  })
  if (begin.data !== undefined) return <Confirm offer={begin.data} onDone={onDone} />
  return (
    <>
      <p className="faint">{say.totp.means}</p>
      {isBegun ? (
        <>
          <p>{say.totp.needsPassword}</p>
          <ProvePassword
            label={say.totp.begin}
            busy={begin.isPending}
            error={begin.error}
            onProved={password => begin.mutate(password)}
          />
        </>
      ) : (
        <Button onClick={() => setIsBegun(true)}>{say.totp.begin}</Button>
      )}
    </>
  )
}

interface ConfirmProps {
  readonly offer: Reply<'beginTotp'>
  readonly onDone: (codes: readonly string[]) => void
}

function Confirm({ offer, onDone }: ConfirmProps) {
  const { say } = useSay()
  const confirm = useMutation({
    mutationFn: (code: string) => call('confirmTotp', { body: { code } }),
    onSuccess: ({ codes }) => onDone(codes),
  })
  return (
    <>
      <p>{say.totp.scan}</p>
      <div className="row">
        <div role="img" aria-label={say.totp.qr}>
          <div aria-hidden="true">
            <QRCode value={offer.uri} type="svg" size={168} bordered={false} />
          </div>
        </div>
        <div>
          <div className="faint">{say.totp.secret}</div>
          <code className="secret">{offer.secret.match(/.{1,4}/g)?.join(' ')}</code>
        </div>
      </div>
      <Form<{ code: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={({ code }) => confirm.mutate(code)}
      >
        <Form.Item
          name="code"
          label={say.totp.code}
          rules={[{ required: true, message: say.signInMore.needsCode }]}
        >
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={10} />
        </Form.Item>
        {confirm.error === null ? null : (
          <Form.Item>
            <FaultNote error={confirm.error} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {say.totp.confirm}
        </Button>
      </Form>
    </>
  )
}

interface RecoveryCodesProps {
  readonly codes: readonly string[]
  readonly onKept: () => void
}

function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const { say } = useSay()
  return (
    <>
      <Alert type="warning" showIcon title={say.totp.codes} description={say.totp.codesMeans} />
      <ul className="codes">
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Button type="primary" onClick={onKept}>
        {say.totp.codesKept}
      </Button>
    </>
  )
}

interface TakeAwayProps {
  readonly since: string
  readonly left: number
  readonly onDone: () => void
}

function TakeAway({ since, left, onDone }: TakeAwayProps) {
  const { say } = useSay()
  const [isAsked, setIsAsked] = useState(false)
  const end = useMutation({
    mutationFn: (password: string) => call('endTotp', { body: { password } }),
    onSuccess: onDone,
  })
  return (
    <>
      <p>
        {say.totp.since({ day: formatMoment(since) })}
        {say.comma}
        {say.totp.left({ count: left })}
      </p>
      {isAsked ? (
        <>
          <p>{say.totp.endMeans}</p>
          <ProvePassword
            danger
            label={say.totp.end}
            busy={end.isPending}
            error={end.error}
            onProved={password => end.mutate(password)}
          />
        </>
      ) : (
        <Button danger onClick={() => setIsAsked(true)}>
          {say.totp.end}
        </Button>
      )}
    </>
  )
}
