import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Modal, Popconfirm, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import type { Reply } from '#wire'
import { Answer, FaultNote } from '../../answer.tsx'
import { call, keyOf, useReply } from '../../api.ts'
import { NewTokenForm } from '../../forms/new-token.tsx'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatMoment } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { Nothing } from '../../ui/states.tsx'

type Token = Reply<'listTokens'>['rows'][number]

/** Tokens of other systems: what each may do, where, until when, and when it last did. */
export function TokensPage() {
  const { say } = useSay()
  const client = useQueryClient()
  const tokens = useReply('listTokens')
  const forget = () => client.invalidateQueries({ queryKey: keyOf('listTokens') })
  const revoke = useMutation({
    mutationFn: (id: string) => call('revokeToken', { parts: { id } }),
    onSettled: forget,
  })
  const columns = useColumns(id => revoke.mutate(id))
  return (
    <Page title={say.tokens.title}>
      <Answer to={tokens}>
        {reply => (
          <div className="stack">
            <div className="row">
              <span className="faint">{say.tokens.intro}</span>
              <MakeToken choices={reply} onMade={() => void forget()} />
            </div>
            {revoke.error === null ? null : <FaultNote error={revoke.error} />}
            <Table<Token>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={[...reply.rows]}
              pagination={reply.rows.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
              locale={{ emptyText: <Nothing title={say.tokens.none} /> }}
            />
          </div>
        )}
      </Answer>
    </Page>
  )
}

const tones = { valid: 'good', expired: 'warn', revoked: 'calm' } as const

function useColumns(onRevoke: (id: string) => void): TableColumnsType<Token> {
  const { say, pick } = useSay()
  return [
    { title: say.tokens.name, key: 'name', render: (_, { name }) => name },
    {
      title: say.state,
      key: 'state',
      render: (_, { state }) => <Badge tone={tones[state]}>{say.tokens.states[state]}</Badge>,
    },
    {
      title: say.tokens.permissions,
      key: 'permissions',
      width: 320,
      render: (_, { permissions }) => permissions.map(p => pick(p.title)).join(say.comma),
    },
    { title: say.tokens.unit, key: 'unit', render: (_, { unit }) => pick(unit.name) },
    {
      title: say.tokens.expires,
      key: 'expires',
      className: 'nowrap',
      render: (_, { expiresAt }) => formatMoment(expiresAt),
    },
    {
      title: say.tokens.used,
      key: 'used',
      render: (_, { usedAt, usedFrom }) =>
        usedAt === null ? (
          <span className="faint">{say.tokens.neverUsed}</span>
        ) : (
          <>
            {formatMoment(usedAt)}
            {usedFrom === null ? null : (
              <div className="small faint">{say.tokens.usedFrom({ address: usedFrom })}</div>
            )}
          </>
        ),
    },
    { title: say.tokens.by, key: 'by', render: (_, { createdBy }) => createdBy },
    {
      key: 'revoke',
      align: 'right',
      render: (_, { id, name, state }) =>
        state !== 'valid' ? null : (
          <Popconfirm
            title={say.tokens.revokeSure({ name })}
            description={say.tokens.revokeMeans}
            okText={say.tokens.revoke}
            cancelText={say.back}
            onConfirm={() => onRevoke(id)}
          >
            <Button size="small" danger>
              {say.tokens.revoke}
            </Button>
          </Popconfirm>
        ),
    },
  ]
}

interface MakeTokenProps {
  readonly choices: Reply<'listTokens'>
  readonly onMade: () => void
}

/** The form, then the token: shown until whoever made it says that it is kept. */
function MakeToken({ choices, onMade }: MakeTokenProps) {
  const { say } = useSay()
  const [isOpen, setIsOpen] = useState(false)
  const [token, setToken] = useState<string>()
  const close = () => {
    setIsOpen(false)
    setToken(undefined)
  }
  return (
    <>
      <Button type="primary" onClick={() => setIsOpen(true)}>
        {say.tokens.add}
      </Button>
      <Modal
        open={isOpen}
        title={token === undefined ? say.tokens.add : say.tokens.made}
        footer={null}
        mask={{ closable: false }}
        destroyOnHidden
        onCancel={close}
      >
        {token === undefined ? (
          <NewTokenForm
            choices={choices}
            onMade={made => {
              setToken(made.token)
              onMade()
            }}
          />
        ) : (
          <MadeToken token={token} onKept={close} />
        )}
      </Modal>
    </>
  )
}

function MadeToken({ token, onKept }: { readonly token: string; readonly onKept: () => void }) {
  const { say } = useSay()
  const [isCopied, setIsCopied] = useState(false)
  return (
    <div className="stack">
      <Alert type="warning" showIcon title={say.tokens.madeMeans} />
      <code className="secret">{token}</code>
      <div className="row">
        <Button
          onClick={() => {
            void navigator.clipboard.writeText(token).then(() => setIsCopied(true))
          }}
        >
          {isCopied ? say.tokens.copied : say.tokens.copy}
        </Button>
        <Button type="primary" onClick={onKept}>
          {say.tokens.kept}
        </Button>
      </div>
    </div>
  )
}
