import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { barriersOn, picture } from './support/browser.ts'
import { type Office, openOffice } from './support/office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office?.close())

describe('the library of tags', () => {
  test('is searched, opened by keyboard, and says who has a tag and what sets them apart', async () => {
    const { page, complaints } = await office.sitDown('analyst', '/tags')
    await page.getByRole('heading', { name: '标签', exact: true }).waitFor()
    await page.locator('tr.list-row').first().waitFor()
    await picture(page, 'tags')
    expect(await barriersOn(page)).toEqual([])
    await page.getByRole('textbox', { name: '按名称、含义或代码查找' }).fill('价格敏感')
    const line = page.locator('tr[data-row-key="price_sensitive"]')
    await line.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '常同时出现的标签' }).waitFor()
    expect(await barriersOn(page)).toEqual([])
    await picture(page, 'tag')
    await page.getByRole('link', { name: '查看客户' }).click()
    await page.getByRole('heading', { name: '价格敏感 的客户' }).waitFor()
    await page.locator('tr.list-row').first().waitFor()
    await picture(page, 'tag-customers')
    expect(await barriersOn(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  test('is added to: a tag to be filled from a file is written, filled and put into force', async () => {
    const { page, complaints } = await office.sitDown('analyst', '/tags/compose')
    await page.getByRole('heading', { name: '新建标签' }).waitFor()
    await page.getByText('导入', { exact: true }).click()
    for (const [label, text] of [
      ['代码（小写字母、数字、下划线）', 'tea_guest'],
      ['负责人', 'club'],
      ['中文名称', '茶会来宾'],
      ['英文名称', 'tea guest'],
      ['中文含义', '来过茶会'],
      ['英文含义', 'came to tea'],
    ] as const)
      await page.getByRole('textbox', { name: label }).fill(text)
    await picture(page, 'tag-compose')
    expect(await barriersOn(page)).toEqual([])
    await page.getByRole('button', { name: '保存草稿' }).click()
    await page.getByRole('heading', { name: '茶会来宾' }).waitFor()
    const content = Buffer.from('subscriber\nnobody-like-it\n')
    await page
      .getByLabel('选择文件')
      .setInputFiles({ name: 'guests.csv', mimeType: 'text/csv', buffer: content })
    await page.getByRole('button', { name: '导入', exact: true }).click()
    await page.getByText('文件没有找到任何用户').waitFor()
    await page.getByRole('button', { name: '启用草稿' }).click()
    await page.getByRole('button', { name: '启用草稿' }).waitFor({ state: 'detached' })
    await picture(page, 'tag-life')
    expect(await barriersOn(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

describe('the warnings', () => {
  test('show how each stands, are filtered by state, and open the customer by keyboard', async () => {
    const { page, complaints } = await office.sitDown('supervisor', '/warnings')
    await page.locator('tr.list-row').first().waitFor()
    await page.getByRole('combobox', { name: '预警方案' }).click()
    await page.getByTitle(/^周度消费异常（每周一/).click()
    await page.locator('tr.list-row', { hasText: '每日预警' }).first().waitFor({ state: 'detached' })
    await picture(page, 'warnings-weekly')
    await page.goto(page.url().split('?')[0] ?? '')
    await page.locator('tr.list-row').first().waitFor()
    await picture(page, 'warnings')
    expect(await barriersOn(page)).toEqual([])
    await page.getByRole('button', { name: /^待处理/ }).click()
    await page.locator('tr.list-row', { hasText: '已沟通' }).first().waitFor({ state: 'detached' })
    await page.locator('tr.list-row').first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '所处位置' }).waitFor()
    await page
      .getByText(/待处理，自/)
      .first()
      .waitFor()
    expect(complaints).toEqual([])
  })
})

describe('the care calendar', () => {
  test('shows the days to come with the Chinese calendar, in both languages', async () => {
    const { page, complaints } = await office.sitDown('analyst', '/care')
    await page.getByRole('table', { name: '日历' }).waitFor()
    await page.getByText('中秋节', { exact: true }).waitFor()
    expect(await page.getByText('八月十五').count()).toBe(1)
    await picture(page, 'care')
    await page.getByRole('button', { name: '更早' }).click()
    await page.getByText('今天以前按当时所知的人数。').waitFor()
    await picture(page, 'care-past')
    await page.getByRole('button', { name: '从今天起' }).click()
    await page.getByText('中秋节', { exact: true }).waitFor()
    expect(await barriersOn(page)).toEqual([])
    await page.getByText('English', { exact: true }).click()
    await page.getByRole('heading', { name: 'Care calendar' }).waitFor()
    await picture(page, 'care-en')
    expect(await barriersOn(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

describe('the map of customers', () => {
  test('shows who stands where, who moved, and opens the customers behind a count by keyboard', async () => {
    const { page, complaints } = await office.sitDown('analyst', '/segments')
    await page.getByRole('heading', { name: '客户分布' }).waitFor()
    await page.getByRole('img', { name: '各价值与阶段的用户数' }).waitFor()
    await page.getByText('人换了位置').waitFor()
    expect(await barriersOn(page)).toEqual([])
    await picture(page, 'segments')

    const map = await (await office.weiwan.as('analyst')).ask('showSegments')
    const high = map.cells.filter(c => c.value === 'high').reduce((n, c) => n + c.subscribers, 0)
    const link = page.getByRole('link', { name: `查看 高 的 ${high} 位用户` })
    await link.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '客户', exact: true }).waitFor()
    await page.getByText(`共 ${high} 条`).waitFor()
    expect(await barriersOn(page)).toEqual([])
    await picture(page, 'segment-customers')

    await page.locator('tr.list-row').first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '所处位置' }).waitFor()
    await page.getByText('判定过程').click()
    await picture(page, 'standing')
    expect(await barriersOn(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  test('reads in English, filters by brand and looks at movement by value', async () => {
    const { page, complaints } = await office.sitDown('analyst', '/segments')
    await page.getByText('English', { exact: true }).click()
    await page.getByRole('heading', { name: 'Map of customers' }).waitFor()
    await page.getByText('Value', { exact: true }).last().click()
    await page.getByText('changed their place').waitFor()
    await picture(page, 'segments-en')
    await page.getByText('Change it', { exact: true }).click()
    const yaml = page.getByRole('textbox', { name: 'What the map is made by' })
    const text = await yaml.inputValue()
    await yaml.fill(text.replace('from: 12000', 'from: 900'))
    await page.getByRole('button', { name: 'Check and try' }).click()
    await page.getByText('classes go from the highest to the lowest').waitFor()
    await yaml.fill(text.replace('from: 12000', 'from: 20000'))
    await page.getByRole('button', { name: 'Check and try' }).click()
    await page.getByText('subscribers would change their place').waitFor()
    await picture(page, 'map-tried')
    expect(await barriersOn(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})
