import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Body, PathParts, Reply, Words } from '#wire'
import { Answer, FaultNote } from '../answer.tsx'
import { call, useReply } from '../api.ts'
import { nextStep } from '../moves.ts'
import { useSay } from '../say/use-say.ts'
import { ActButton } from '../ui/act-button.tsx'

type Outcomes = Reply<'listOutcomes'>
type Outcome = Outcomes['outcomes'][number]

interface OutcomeFormProps {
  readonly parts: PathParts<'recordOutcome'>
  /** Why nothing may be recorded now. */
  readonly refused: Words | undefined
  readonly onRecorded: (task: Reply<'recordOutcome'>) => void | Promise<void>
}

/** Two clicks: the outcome, then the reason for leaving or the confirmation. With claiming before it, three. */
export function OutcomeForm(props: OutcomeFormProps) {
  const outcomes = useReply('listOutcomes')
  return <Answer to={outcomes}>{reply => <Choices {...props} outcomes={reply} />}</Answer>
}

function Choices({
  parts,
  refused,
  onRecorded,
  outcomes,
}: OutcomeFormProps & { readonly outcomes: Outcomes }) {
  const { say, pick } = useSay()
  const [chosen, choose] = useState<Outcome>()
  const [note, setNote] = useState('')
  const record = useMutation({
    mutationFn: (body: Body<'recordOutcome'>) => call('recordOutcome', { parts, body }),
    onSuccess: task => {
      choose(undefined)
      return onRecorded(task)
    },
  })
  const send = (leavingReason?: string) => {
    if (chosen === undefined) return
    const said = note.trim()
    record.mutate({
      code: chosen.code,
      ...(leavingReason === undefined ? {} : { leavingReason }),
      ...(said === '' ? {} : { note: said }),
    })
  }
  const step = refused === undefined ? nextStep(chosen) : 'choose-outcome'
  return (
    <div className="stack">
      <fieldset className="choices">
        <legend>{say.task.chooseOutcome}</legend>
        {outcomes.outcomes.map(outcome => (
          <span key={outcome.code} className={outcome.code === chosen?.code ? 'is-chosen' : ''}>
            <ActButton
              label={pick(outcome.title)}
              primary={outcome.code === chosen?.code}
              onAct={() => choose(outcome)}
              disabledReason={refused === undefined ? undefined : pick(refused)}
            />
          </span>
        ))}
      </fieldset>
      {refused === undefined ? null : <div className="faint">{pick(refused)}</div>}
      {step === 'choose-outcome' ? null : (
        <Input.TextArea
          aria-label={say.task.note}
          placeholder={say.task.note}
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={1000}
          value={note}
          onChange={event => setNote(event.target.value)}
        />
      )}
      {step === 'choose-reason' ? (
        <Reasons
          outcomes={outcomes}
          mayBeUnsaid={chosen?.leavingReason === 'may'}
          busy={record.isPending}
          onPick={send}
        />
      ) : null}
      {step === 'confirm' ? (
        <Button type="primary" loading={record.isPending} onClick={() => send()}>
          {say.task.confirm}
        </Button>
      ) : null}
      {record.error === null ? null : <FaultNote error={record.error} />}
    </div>
  )
}

interface ReasonsProps {
  readonly outcomes: Outcomes
  readonly mayBeUnsaid: boolean
  readonly busy: boolean
  readonly onPick: (code?: string) => void
}

/** The taxonomy of reasons for leaving, by group. Picking one records. */
function Reasons({ outcomes, mayBeUnsaid, busy, onPick }: ReasonsProps) {
  const { say, pick } = useSay()
  const groups = new Map(outcomes.leavingReasons.map(reason => [reason.group.code, reason.group]))
  const reasonsIn = (group: string) => outcomes.leavingReasons.filter(reason => reason.group.code === group)
  return (
    <>
      {[...groups.values()].map(group => (
        <fieldset key={group.code} className="choices">
          <legend>
            {say.task.chooseReason} · {pick(group.title)}
          </legend>
          {reasonsIn(group.code).map(reason => (
            <Button key={reason.code} disabled={busy} onClick={() => onPick(reason.code)}>
              {pick(reason.title)}
            </Button>
          ))}
        </fieldset>
      ))}
      {mayBeUnsaid ? (
        <Button disabled={busy} onClick={() => onPick()}>
          {say.task.noReason}
        </Button>
      ) : null}
    </>
  )
}
