import type { Reply, Words } from '#wire'

type Task = Reply<'showTask'>
type MoveName = Task['moves'][number]['move']

/** A move that the table of legal moves does not speak of for this task: not offered at all. */
export type MoveState = 'allowed' | 'absent' | { readonly refused: Words }

const unexplained: Words = { zh: '现在不能这样做', en: 'not possible now' }

/** What the server says of a move: it may be made, may not and why, or has no meaning for this task. */
export function moveState(moves: Task['moves'], name: MoveName): MoveState {
  const found = moves.find(m => m.move === name)
  if (found === undefined) return 'absent'
  return found.allowed ? 'allowed' : { refused: found.reason ?? unexplained }
}

/** Why the buttons that are shown may not be pressed, each reason once. */
export function refusalsOf(moves: Task['moves'], names: readonly MoveName[]): readonly Words[] {
  const refused = names.flatMap(name => {
    const state = moveState(moves, name)
    return typeof state === 'object' ? [state.refused] : []
  })
  return refused.filter((words, i) => refused.findIndex(other => other.zh === words.zh) === i)
}

type Outcome = Reply<'listOutcomes'>['outcomes'][number]

/** The next click after choosing an outcome: a reason for leaving, or the confirmation. Three clicks in all with claiming. */
export function nextStep(outcome: Outcome | undefined): 'choose-outcome' | 'choose-reason' | 'confirm' {
  if (outcome === undefined) return 'choose-outcome'
  return outcome.leavingReason === 'never' ? 'confirm' : 'choose-reason'
}
