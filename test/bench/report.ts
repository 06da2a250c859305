import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

const page = path.join(import.meta.dirname, '../../docs/performance.md')

/** Puts a bench's result between its markers in docs/performance.md, where the last result stood. */
export async function writeResult(name: string, markdown: string): Promise<void> {
  const [from, to] = [
    `<!-- ${name}: written by node test/bench/main.ts ${name} -->`,
    `<!-- end of ${name} -->`,
  ]
  const text = await readFile(page, 'utf8').catch(
    () => '# Performance\n\nMeasured by commands; each block says by which.\n',
  )
  const block = `${from}\n${markdown.trim()}\n${to}`
  const [start, end] = [text.indexOf(from), text.indexOf(to)]
  const next =
    start < 0 ? `${text.trimEnd()}\n\n${block}\n` : text.slice(0, start) + block + text.slice(end + to.length)
  await writeFile(page, next)
}
