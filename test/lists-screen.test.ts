import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPassword } from '#flows'
import { en } from '../web/say/en.ts'
import { zh } from '../web/say/zh.ts'
import { barriersOn, complaintsOf, openBrowser, picture } from './support/browser.ts'
import { copyOfCity } from './support/city.ts'
import { startWeiwan, type Weiwan } from './support/weiwan.ts'

/** A campaign manager at the screen of lists: a file with mistakes, a good one, read back, asked for. */

let city: ReturnType<typeof copyOfCity>
let weiwan: Weiwan
let browser: Browser

beforeAll(async () => {
  city = copyOfCity()
  weiwan = await startWeiwan(city.folder)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await weiwan?.stop()
  city?.remove()
})

async function sitDown(language: 'zh' | 'en') {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' })
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  const say = language === 'zh' ? zh : en
  await page.goto(`${weiwan.url}/lists`)
  await page.getByLabel('账号').fill('campaign')
  await page.getByLabel('密码').fill(demoPassword)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('navigation', { name: zh.nav.label }).waitFor()
  if (language === 'en') await page.getByText('English', { exact: true }).click()
  await page.getByRole('heading', { name: say.lists.title }).waitFor()
  return { page, complaints, say, words: say.lists }
}

async function choose(page: Page, label: string, text: string): Promise<void> {
  const box = page.getByRole('dialog').getByRole('combobox', { name: label, exact: true })
  await box.click()
  const list = page.locator(`#${await box.getAttribute('aria-controls')}`)
  await page
    .locator('.ant-select-dropdown', { has: list })
    .locator('.ant-select-item-option')
    .filter({ hasText: text })
    .first()
    .click()
}

describe.each(['zh', 'en'] as const)('in %s', language => {
  test('a list is made of a file, read back with its reasons, and asked for', async () => {
    const { page, complaints, say, words } = await sitDown(language)
    const seen: string[] = []
    const look = async (name: string) => {
      seen.push(...(await barriersOn(page)))
      await picture(page, `lists-${name}-${language}`)
    }
    const { rows } = await (await weiwan.as('campaign')).ask('listTasks', { query: { pageSize: 20 } })
    const ids = [...new Set(rows.map(row => row.subscriberId))].slice(0, 3)
    await look('none')
    await page.getByRole('button', { name: words.add }).click()
    const dialog = page.getByRole('dialog')
    const give = (text: string, within = page.locator('body')) =>
      within
        .getByLabel(say.file.choose)
        .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await give('name\nx\n', dialog)
    await dialog.getByLabel(words.name, { exact: true }).fill(`${words.title} ${language}`)
    await dialog.getByLabel(words.reason).fill('合约将到期')
    await choose(page, words.action, 'keep')
    await dialog.getByRole('button', { name: words.make }).click()
    await dialog.getByText('list.columns-missing').waitFor()
    await look('faulty')
    await give(`subscriber\n${ids.join('\n')}\nnobody\n`, dialog)
    await dialog.getByRole('button', { name: words.make }).click()
    await page.getByRole('heading', { name: `${words.title} ${language}` }).waitFor()
    await page.getByRole('heading', { name: words.faultyTitle }).waitFor()
    await look('draft')

    await give(`subscriber,decision,reason\n${ids[0]},remove,\n${ids[1]},,\n${ids[2]},,\n`)
    await page.getByRole('button', { name: words.check }).click()
    await page
      .getByText(words.faulty({ count: '1' }))
      .first()
      .waitFor()
    await give(`subscriber,decision,reason\n${ids[0]},remove,called yesterday\n${ids[1]},,\n${ids[2]},,\n`)
    await page.getByRole('button', { name: words.check }).click()
    await page.getByText(words.checked, { exact: true }).waitFor()
    await page.getByText('called yesterday').waitFor()
    await look('checked')
    await page.getByRole('button', { name: words.submit }).click()
    await page.getByRole('link', { name: words.waits }).waitFor()
    await page.getByRole('navigation').getByRole('link', { name: say.nav.lists }).click()
    await page.getByRole('link', { name: `${words.title} ${language}` }).waitFor()
    await look('waiting')
    expect(seen).toEqual([])
    expect(complaints).toEqual([])
  })
})
