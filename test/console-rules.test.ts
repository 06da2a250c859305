import { afterAll, beforeAll, expect, test } from 'vitest'
import { barriersOn, picture } from './support/browser.ts'
import { type Office, openOffice } from './support/office.ts'
import type { Weiwan } from './support/weiwan.ts'

let weiwan: Weiwan
let office: Office

beforeAll(async () => {
  office = await openOffice()
  weiwan = office.weiwan
})
afterAll(() => office?.close())

test('a campaign manager combines factors and sees at once whom that finds', async () => {
  const { page, complaints } = await office.sitDown('campaign', '/rules')
  await page.getByRole('link', { name: '组合新规则' }).click()
  await page.getByRole('heading', { name: '组合规则' }).waitFor()
  await page.getByText('写完一个条件就开始试算').waitFor()
  await page.getByRole('combobox', { name: '因子' }).fill('昨日日终余额')
  await page.keyboard.press('Enter')
  await page.getByRole('spinbutton', { name: '取值' }).fill('15')

  const counted = await (await weiwan.as('campaign')).ask('countDraft', {
    body: { condition: { op: 'lt', factor: 'balance', value: 1500 } },
  })
  expect(counted.count).toBeGreaterThan(0)
  await page.getByText(`${counted.count} / ${counted.of}`).waitFor()
  await page.getByText(`按数据日 ${weiwan.asOf} 的因子`).waitFor()
  await page.getByRole('heading', { name: '价值 × 阶段' }).waitFor()
  await page.getByRole('table', { name: /取不同门槛时的命中数/ }).waitFor()
  await page.getByRole('heading', { name: '依赖的数据' }).waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'compose')

  await page.getByRole('button', { name: '加一组' }).click()
  await page.getByText('有 1 个条件没写完').waitFor()
  const second = page.getByRole('combobox', { name: '因子' }).nth(1)
  await second.fill('近3月ARPU划分')
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: '取值' }).click()
  await page.getByTitle('高', { exact: true }).click()
  const narrower = await (await weiwan.as('campaign')).ask('countDraft', {
    body: {
      condition: {
        op: 'all',
        of: [
          { op: 'lt', factor: 'balance', value: 1500 },
          { op: 'is', factor: 'value_class', value: 'high' },
        ],
      },
    },
  })
  await page.getByText(`${narrower.count} / ${narrower.of}`).waitFor()
  await page.getByRole('button', { name: '变成参数' }).click()
  await page.getByText(`${narrower.count} / ${narrower.of}`).waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'compose-group')
  expect(complaints).toEqual([])
})

test('a rule in force is where another begins, in English too', async () => {
  const { page, complaints } = await office.sitDown('campaign', '/rules/low_balance_by_tenure')
  await page.getByRole('link', { name: '以此为起点组合' }).click()
  const rule = await (await weiwan.as('campaign')).ask('showRule', {
    parts: { id: 'low_balance_by_tenure' },
  })
  await page.getByText(`${rule.count} / ${rule.of}`).waitFor()
  await page.getByText('English').click()
  await page.getByRole('heading', { name: 'Compose a rule' }).waitFor()
  await page.getByText(`${rule.count} of ${rule.of}`).waitFor()
  await page.getByText('What contacting them would take').waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'compose-english')
  expect(complaints).toEqual([])
})
