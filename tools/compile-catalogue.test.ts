import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { compiledFile, compiledText } from './compile-catalogue.ts'

test('the compiled catalogue that is committed is what the definitions compile to (else: npm run catalogue)', async () => {
  expect(await readFile(compiledFile, 'utf8')).toBe(await compiledText())
})
