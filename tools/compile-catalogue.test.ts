import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { compiledFolder, compiledTexts } from './compile-catalogue.ts'

test('the compiled catalogue that is committed is what the definitions compile to (else: npm run catalogue)', async () => {
  for (const [file, text] of await compiledTexts()) {
    expect(await readFile(path.join(compiledFolder, file), 'utf8'), file).toBe(text)
  }
})
