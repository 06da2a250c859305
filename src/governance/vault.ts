import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Seals what the desk must give back in full but nobody may read there. */
export interface Vault {
  /** `about` says whose it is: sealed for one, it opens for nobody else. */
  seal(text: string, about: string): string
  /** undefined: not sealed with this key, or not for this one. */
  open(sealed: string, about: string): string | undefined
}

const algorithm = 'aes-256-gcm'
const [keyBytes, nonceBytes, tagBytes] = [32, 12, 16]
const mark = 'v1.'

export function vaultWith(key: Buffer): Vault {
  return {
    seal(text, about) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(about))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return mark + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed.slice(mark.length), 'base64url')
      if (!isSealed(sealed) || bytes.length < nonceBytes + tagBytes) return undefined
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes))
      decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
      try {
        const body = bytes.subarray(nonceBytes + tagBytes)
        return decipher.update(body, undefined, 'utf8') + decipher.final('utf8')
      } catch {
        return undefined
      }
    },
  }
}

export function isSealed(text: string): boolean {
  return text.startsWith(mark)
}

/** The vault of a data folder; the first to open one makes its key, which only its owner may read. */
export async function openVault(dataFolder: string): Promise<Vault> {
  const file = path.join(dataFolder, 'keys', 'second-step.key')
  const known = await keyIn(file)
  if (known !== undefined) return vaultWith(known)
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const made = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(made, randomBytes(keyBytes).toString('hex'), { mode: 0o600, flush: true })
  // Of two who make one at once the first wins, and both use its key.
  await link(made, file).catch(() => undefined)
  await rm(made)
  const key = await keyIn(file)
  if (key === undefined) throw new Error('the key of the second step cannot be kept')
  return vaultWith(key)
}

async function keyIn(file: string): Promise<Buffer | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  const key = Buffer.from(text?.trim() ?? '', 'hex')
  return key.length === keyBytes ? key : undefined
}
