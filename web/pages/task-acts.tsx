import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Card } from 'antd'
import { useState } from 'react'
import type { Reply } from '#wire'
import { FaultNote } from '../answer.tsx'
import { call, forgetLists, keyOf } from '../api.ts'
import { DropForm } from '../forms/drop.tsx'
import { OutcomeForm } from '../forms/outcome.tsx'
import { moveState, refusalsOf } from '../moves.ts'
import { useSay } from '../say/use-say.ts'
import { ActButton } from '../ui/act-button.tsx'

type Task = Reply<'showTask'>

/** What may be done with a task now. Each button asks the table of legal moves, and says why when it may not be pressed. */
export function TaskActs({ task }: { readonly task: Task }) {
  const { say, pick } = useSay()
  const [isDropping, setDropping] = useState(false)
  const replace = useReplaceTask()
  const acts = useTaskActs(task.id, replace)
  const parts = { id: task.id }
  const outcome = moveState(task.moves, 'outcome')
  const error = acts.claim.error ?? acts.send.error
  return (
    <Card size="small" title={<h2>{say.task.acts}</h2>}>
      <div className="stack">
        <div className="row">
          <MoveButton
            task={task}
            move="claim"
            primary
            busy={acts.claim.isPending}
            onAct={() => acts.claim.mutate()}
          />
          <MoveButton
            task={task}
            move="send"
            primary
            busy={acts.send.isPending}
            onAct={() => acts.send.mutate()}
          />
          <MoveButton task={task} move="drop" onAct={() => setDropping(true)} />
        </div>
        {refusalsOf(task.moves, ['claim', 'send', 'drop']).map(reason => (
          <div key={reason.zh} className="faint small">
            {pick(reason)}
          </div>
        ))}
        {error === null ? null : <FaultNote error={error} />}
        <SendResult reply={acts.send.data} />
        {isDropping ? (
          <DropForm
            parts={parts}
            onCancel={() => setDropping(false)}
            onDropped={async changed => {
              setDropping(false)
              await replace(changed, say.task.dropped)
            }}
          />
        ) : null}
        {outcome === 'absent' || isDropping || task.recorded !== null ? null : (
          <OutcomeForm
            parts={parts}
            refused={outcome === 'allowed' ? undefined : outcome.refused}
            onRecorded={changed => replace(changed, say.task.recorded)}
          />
        )}
      </div>
    </Card>
  )
}

type Replace = (task: Task, said: string) => Promise<void>

/** Puts the task that the server answered in place of the one shown, and has the lists read again. */
function useReplaceTask(): Replace {
  const client = useQueryClient()
  const { message } = App.useApp()
  return async (task, said) => {
    client.setQueryData(keyOf('showTask', { parts: { id: task.id } }), task)
    void message.success(said)
    await forgetLists(client)
  }
}

function useTaskActs(id: string, replace: Replace) {
  const { say } = useSay()
  const client = useQueryClient()
  const parts = { id }
  // A refused move means that the task is no longer as shown: read it again.
  const onError = () => client.invalidateQueries({ queryKey: keyOf('showTask', { parts }) })
  const claim = useMutation({
    mutationFn: () => call('claimTask', { parts }),
    onSuccess: task => replace(task, say.task.claimed),
    onError,
  })
  const send = useMutation({
    mutationFn: () => call('sendTask', { parts }),
    onSuccess: async ({ task }) => {
      client.setQueryData(keyOf('showTask', { parts }), task)
      await forgetLists(client)
    },
    onError,
  })
  return { claim, send }
}

interface MoveButtonProps {
  readonly task: Task
  readonly move: 'claim' | 'send' | 'drop'
  readonly onAct: () => void
  readonly primary?: boolean
  readonly busy?: boolean
}

function MoveButton({ task, move, onAct, primary, busy }: MoveButtonProps) {
  const { say, pick } = useSay()
  const state = moveState(task.moves, move)
  if (state === 'absent') return null
  return (
    <ActButton
      label={say.task.moves[move]}
      onAct={onAct}
      primary={primary ?? false}
      busy={busy ?? false}
      danger={move === 'drop'}
      disabledReason={state === 'allowed' ? undefined : pick(state.refused)}
    />
  )
}

function SendResult({ reply }: { readonly reply: Reply<'sendTask'> | undefined }) {
  const { say, pick } = useSay()
  if (reply === undefined) return null
  if (reply.sent) return <Alert type="success" showIcon role="status" title={say.task.sent} />
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={say.task.refused}
      description={reply.refusal === null ? undefined : pick(reply.refusal)}
    />
  )
}
