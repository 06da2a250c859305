import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Chromium from Debian, kept from calling home. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? places.find(existsSync)
  if (executablePath === undefined) throw new Error('no Chromium: apt-get install chromium fonts-noto-cjk')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** What a page complained about: scripts that failed, and anything the content security policy stopped. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    const text = message.text()
    const isAnswer = text.startsWith('Failed to load resource')
    if (['error', 'warning'].includes(message.type()) && !isAnswer) complaints.push(text)
  })
  return complaints
}

/** What axe finds against WCAG 2.1 A and AA, each with the elements it found it on. */
export async function barriersOn(page: Page): Promise<string[]> {
  // Half faded in, a message has half its contrast.
  await page.evaluate(`Promise.all(
    document.getAnimations()
      .filter(a => a.effect?.getTiming().iterations !== Infinity)
      .map(a => a.finished.catch(() => {})),
  ).then(() => undefined)`)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  return violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`)
}

/** A picture for people to look at, when SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS']
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true })
}
