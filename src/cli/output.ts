import type { Fault } from '#kernel'

export type Language = 'zh' | 'en'

/** Where a command writes, and for whom. `json`: one document on stdout, nothing else there. */
export interface Output {
  readonly json: boolean
  readonly lang: Language
  /** A line for people on stdout; nothing when a machine reads. */
  say(line: string): void
  /** The command's answer: printed as JSON for machines, as `lines` for people. */
  answer(document: unknown, lines: readonly string[]): void
  /** A note beside the answer, on stderr. */
  note(line: string): void
}

export function outputFor(options: { readonly json: boolean; readonly lang: Language }): Output {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', unlessClosed)
  const write = (line: string) => process.stdout.write(`${line}\n`)
  return {
    ...options,
    say: line => {
      if (!options.json) write(line)
    },
    answer: (document, lines) => {
      if (options.json) write(JSON.stringify(document, null, 1))
      else for (const line of lines) write(line)
    },
    note: line => process.stderr.write(`${line}\n`),
  }
}

/** Whoever reads may stop reading (`| head`): the command still ends in order. */
function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

/** A fault on stderr: as JSON for machines, as a sentence in the reader's language for people. */
export function printFaults(faults: readonly Fault[], output: Output): void {
  if (output.json) output.note(JSON.stringify({ faults }))
  else for (const fault of faults) output.note(`${fault.code}: ${fault[output.lang]}${placeOf(fault)}`)
}

function placeOf(fault: Fault): string {
  const at = Object.entries(fault.at ?? {})
  return at.length === 0 ? '' : ` (${at.map(([name, value]) => `${name} ${value}`).join(', ')})`
}

/** Rows as columns that line up, also when the text is Chinese (two cells a character). */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cells(cell))
  }
  return rows.map(row =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat((widths[i] ?? 0) - cells(cell))))
      .join('  '),
  )
}

function cells(text: string): number {
  let width = 0
  for (const character of text)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u.test(
        character,
      )
        ? 2
        : 1
  return width
}

/** The language of the terminal: WEIWAN_LANG, else LANG; Chinese where neither says. */
export function terminalLanguage(env: NodeJS.ProcessEnv): Language {
  const said = env['WEIWAN_LANG'] ?? env['LC_ALL'] ?? env['LANG'] ?? ''
  return said === '' || said.startsWith('zh') || /^(C|POSIX)(\.|$)/.test(said) ? 'zh' : 'en'
}
