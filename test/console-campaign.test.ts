import { afterAll, beforeAll, expect, test } from 'vitest'
import { barriersOn, picture } from './support/browser.ts'
import { today } from './support/city.ts'
import { choose, type Office, openOffice } from './support/office.ts'

let office: Office

beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office?.close())

test('a campaign manager writes a plan, sees at once whom it finds, tries it dry and sends it for approval, in both languages', async () => {
  const { page, complaints } = await office.sitDown('campaign', '/campaigns')
  await page.getByText('还没有活动').waitFor()
  expect(await barriersOn(page)).toEqual([])

  await page.getByRole('link', { name: '新建活动' }).click()
  await page.getByLabel('名称', { exact: true }).fill('余额关怀')
  await choose(page, '目标用户 · 规则或名单', '余额')
  await choose(page, '方案', '充30')
  await page.locator('#from').fill(today)
  await page.locator('#to').fill('2026-09-01')
  for (const [label, value] of [
    ['预算（元）', '3000'],
    ['每日最多触达', '40'],
    ['每户预期价值（元）', '50'],
  ] as const)
    await page.getByLabel(label).fill(value)
  await page.getByText('活动期的结束日须晚于开始日').waitFor()
  await page.locator('#to').fill('2026-10-20')
  await page.getByText(/在您的范围内选中 \d+ 户/).waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'campaign-plan')

  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.getByRole('heading', { name: '余额关怀' }).waitFor()
  await page.getByRole('button', { name: '试算今日' }).click()
  await page.getByText(/名单 \d+ 户，轮到 \d+ 户/).waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'campaign')

  await page.getByRole('button', { name: '试发短信' }).click()
  await page.getByText(/138\*{4}\d{4}：已发出/).waitFor()
  await page.getByLabel('发给').fill('nobody')
  await page.getByRole('button', { name: '试发短信' }).click()
  await page.getByText('没有这位员工').waitFor()
  await picture(page, 'campaign-test-send')

  await page.getByLabel('说明').fill('秋季关怀')
  await page.getByRole('button', { name: '提交审批' }).click()
  await page.getByText('已提交，等待审批。').waitFor()
  await page.getByText('English', { exact: true }).click()
  await page.getByText('Sent; waiting for approval.').waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'campaign-en')
  expect(complaints).toEqual([])
})
