import { readFile, stat } from 'node:fs/promises'
import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { FaultError } from '#kernel'
import { controlMissing, controlUnreadable, fileMissing, halfWritten, type Where } from './faults.ts'

const ControlFile = Type.Object({
  feed: Type.String(),
  from: Type.String(),
  to: Type.String(),
  rows: Type.Integer({ minimum: 0 }),
  bytes: Type.Integer({ minimum: 0 }),
  sums: Type.Optional(Type.Record(Type.String(), Type.Number())),
})

/** What the sender says the delivery holds: written last, so its presence says that the file is whole. */
export type Control = Static<typeof ControlFile>

/** The control file of a delivered file, held against the file's days and size. One file may feed several feeds. */
export async function readControl(file: string, at: Where): Promise<Control> {
  const text = await readFile(`${file}.control.json`, 'utf8').catch(() => undefined)
  if (text === undefined) throw new FaultError(controlMissing(at))
  const control = parsed(text, at)
  if (control.from !== at.from || control.to !== at.to) {
    throw new FaultError(halfWritten(at, 'span', `${control.from}…${control.to}`, `${at.from}…${at.to}`))
  }
  const bytes = await sizeOf(file, at)
  if (control.bytes !== bytes) throw new FaultError(halfWritten(at, 'bytes', control.bytes, bytes))
  return control
}

export async function sizeOf(file: string, at: Where): Promise<number> {
  const found = await stat(file).catch(() => undefined)
  if (found === undefined || !found.isFile()) throw new FaultError(fileMissing(at))
  return found.size
}

function parsed(text: string, at: Where): Control {
  try {
    const value: unknown = JSON.parse(text)
    if (Value.Check(ControlFile, value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new FaultError(controlUnreadable(at))
}
