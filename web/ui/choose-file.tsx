import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useSay } from '../say/use-say.ts'
import { formatMebibytes } from './format.ts'

interface ChooseFileProps {
  readonly file: File | undefined
  /** Larger ones are not taken: the server would not take them either. */
  readonly bytesMax: number
  readonly onChoose: (file: File) => void
}

/** Lets somebody choose a file of a list; nothing is sent yet. */
export function ChooseFile({ file, bytesMax, onChoose }: ChooseFileProps) {
  const { say } = useSay()
  const [tooLarge, setTooLarge] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  const take = (chosen: File) => {
    const isTooLarge = chosen.size > bytesMax
    setTooLarge(isTooLarge ? chosen.name : undefined)
    if (!isTooLarge) onChoose(chosen)
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.txt,.xlsx"
        aria-label={say.file.choose}
        onChange={event => {
          const [chosen] = event.target.files ?? []
          // The same file chosen again, mended meanwhile, is another choice.
          event.target.value = ''
          if (chosen !== undefined) take(chosen)
        }}
      />
      <Button onClick={() => input.current?.click()}>
        {file === undefined ? say.file.choose : say.file.chooseAnother}
      </Button>
      {file === undefined ? null : <span>{file.name}</span>}
      {tooLarge === undefined ? null : (
        <span role="alert">{say.file.tooLarge({ name: tooLarge, size: formatMebibytes(bytesMax) })}</span>
      )}
    </>
  )
}
