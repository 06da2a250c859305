import { useSay } from '../../say/use-say.ts'
import { unknownClass } from './cells.ts'

interface Classes {
  readonly classes: readonly {
    readonly code: string
    readonly title: { readonly zh: string; readonly en: string }
  }[]
}

/** The title of a class by its code; the code itself where no class has it any more. */
export function useClassName() {
  const { say, pick } = useSay()
  return (axis: Classes, code: string): string => {
    if (code === unknownClass) return say.segments.unknown
    const found = axis.classes.find(c => c.code === code)
    return found === undefined ? code : pick(found.title)
  }
}
