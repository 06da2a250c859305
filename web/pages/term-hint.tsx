import { type Term, type TermId, terms } from '#glossary'
import { useSay } from '../say/use-say.ts'

interface TermHintProps {
  readonly of: TermId
  /** What stands on the screen; the term's own word when left out. */
  readonly text?: string
}

/** A word of the glossary, with what it means for whoever points at it or has it read out. */
export function TermHint({ of, text }: TermHintProps) {
  const { language } = useSay()
  const term: Term = terms[of]
  return (
    <abbr className="term" title={term.means[language]}>
      {text ?? term[language]}
    </abbr>
  )
}
