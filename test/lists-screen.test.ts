import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { en } from '../web/say/en.ts'
import { zh } from '../web/say/zh.ts'
import { barriersOn, picture } from './support/browser.ts'
import { choose, type Office, openOffice } from './support/office.ts'

/** A campaign manager at the screen of lists: a file with mistakes, a good one, read back, asked for. */

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office?.close())

async function sitDown(language: 'zh' | 'en') {
  const { page, complaints } = await office.sitDown('campaign', '/lists')
  const say = language === 'zh' ? zh : en
  if (language === 'en') await page.getByText('English', { exact: true }).click()
  await page.getByRole('heading', { name: say.lists.title }).waitFor()
  return { page, complaints, say, words: say.lists }
}

describe.each(['zh', 'en'] as const)('in %s', language => {
  test('a list is made of a file, read back with its reasons, and asked for', async () => {
    const { page, complaints, say, words } = await sitDown(language)
    const seen: string[] = []
    const look = async (name: string) => {
      seen.push(...(await barriersOn(page)))
      await picture(page, `lists-${name}-${language}`)
    }
    const { rows } = await (await office.weiwan.as('campaign')).ask('listTasks', { query: { pageSize: 20 } })
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
    const isForCampaign = language === 'en'
    await choose(dialog, words.action, isForCampaign ? words.forCampaign : 'keep')
    await dialog.getByRole('button', { name: words.make }).click()
    await dialog.getByText('list.columns-missing').waitFor()
    await look('faulty')
    await give(`subscriber\n${ids.join('\n')}\nnobody\n`, dialog)
    await dialog.getByRole('button', { name: words.make }).click()
    await page.getByRole('heading', { name: `${words.title} ${language}` }).waitFor()
    await page.getByRole('heading', { name: words.faultyTitle }).waitFor()
    expect(await page.getByText(words.forCampaign, { exact: true }).count()).toBe(isForCampaign ? 1 : 0)
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
