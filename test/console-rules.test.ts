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

  await page.getByLabel('天数之内').fill('1')
  await page.getByRole('checkbox', { name: '同时试各门槛的其他取值' }).check()
  await page.getByRole('button', { name: '回测' }).click()
  await page.getByRole('heading', { name: '各门槛换成其他取值时' }).waitFor()
  await page.getByRole('columnheader', { name: '提升度（95% 区间）' }).first().waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'compose-backtest')

  await page.getByRole('button', { name: '加一组' }).click()
  await page.getByText('有 1 个条件没写完').waitFor()
  const second = page.getByRole('combobox', { name: '因子' }).nth(1)
  await second.fill('客群价值等级')
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: '取值' }).click()
  await page.getByTitle('高', { exact: true }).click()
  const narrower = await (await weiwan.as('campaign')).ask('countDraft', {
    body: {
      condition: {
        op: 'all',
        of: [
          { op: 'lt', factor: 'balance', value: 1500 },
          { op: 'is', factor: 'segment.value', value: 'high' },
        ],
      },
    },
  })
  await page.getByText(`${narrower.count} / ${narrower.of}`).waitFor()
  await page.getByRole('button', { name: '变成参数' }).click()
  await page.getByText(`${narrower.count} / ${narrower.of}`).waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'compose-group')

  await page.getByRole('combobox', { name: '按哪个早晨' }).click()
  await page.getByTitle('较前一日新满足', { exact: true }).click()
  await page.getByRole('button', { name: '加条件' }).first().click()
  await page.getByRole('combobox', { name: '因子' }).nth(2).fill('tag.newcomer_first_month')
  await page.keyboard.press('Enter')
  const turned = await (await weiwan.as('campaign')).ask('countDraft', {
    body: {
      condition: {
        op: 'all',
        of: [
          { op: 'lt', factor: 'balance', value: 1500 },
          { op: 'entered', of: { op: 'is', factor: 'segment.value', value: 'high' } },
          { op: 'is_true', factor: 'tag.newcomer_first_month' },
        ],
      },
    },
  })
  await page.getByText(turned.sentence.zh).waitFor()
  await page.getByText(`${turned.count} / ${turned.of}`).waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'compose-beside')
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

test('a rule is kept as a draft, asked for, and put into force by a second person', async () => {
  const { page, complaints } = await office.sitDown('campaign', '/rules/compose')
  await page.getByRole('combobox', { name: '因子' }).fill('昨日日终余额')
  await page.keyboard.press('Enter')
  await page.getByRole('spinbutton', { name: '取值' }).fill('15')
  await page.getByLabel('代码（小写字母、数字、下划线）').fill('made_on_screen')
  await page.getByLabel('负责人').fill('planning')
  await page.getByLabel('中文名称').fill('余额偏低')
  await page.getByLabel('英文名称').fill('balance is low')
  await page.getByLabel('中文含义').fill('余额低于十五元')
  await page.getByLabel('英文含义').fill('the balance is below ¥15')
  await page.getByLabel('测试：必须命中的用户标识').fill('nobody-of-mine,')
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.getByText('您的范围内没有该用户').waitFor()
  await page.getByLabel('测试：必须命中的用户标识').press('Backspace')
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.getByText('已保存为第 1 版草稿').waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'compose-saved')

  await page.getByRole('link', { name: '查看并申请启用' }).click()
  await page.getByRole('heading', { name: '余额偏低' }).waitFor()
  await page.getByLabel('原因（申请或停用时必填）').fill('试算过了')
  await page.getByRole('button', { name: '申请启用草稿' }).click()
  await page.getByRole('link', { name: '有一个版本正在等待审批' }).waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'rule-waiting')

  const admin = await weiwan.as('admin')
  const { rows } = await admin.ask('listApprovals')
  const waiting = rows.find(row => row.subject === 'rule:made_on_screen')
  expect(waiting?.changes.map(c => c.field.zh)).toContain('命中用户')
  await admin.ask('approve', { parts: { id: String(waiting?.id) }, body: { comment: 'right' } })
  await page.reload()
  await page.getByText('1 · 在用').waitFor()
  await page.getByRole('button', { name: '停用' }).waitFor()
  await picture(page, 'rule-in-force')
  expect(complaints).toEqual([])
})

test('the customer view says which rules hold and what turned since the day before', async () => {
  const campaign = await weiwan.as('campaign')
  const { rows } = await campaign.ask('listTasks', { query: { pageSize: 100 } })
  let told: { id: string; sentence: string } | undefined
  for (const { id } of rows) {
    const { subscriberId } = await campaign.ask('showTask', { parts: { id } })
    const { rules } = await campaign.ask('whyRules', { parts: { id: subscriberId } })
    const came = rules.find(r => r.changed && r.holds === true)
    if (came === undefined) continue
    told = { id: subscriberId, sentence: came.sentence.zh }
    break
  }
  if (told === undefined) throw new Error('nothing turned for anybody on a list')
  expect(told.sentence).toMatch(/^新命中“.+”：.+(由.+变为|仍为).+（.+）/)
  const { page, complaints } = await office.sitDown('campaign', `/subscribers/${told.id}`)
  await page.getByRole('heading', { name: '命中的规则与变化' }).waitFor()
  await page.getByText(told.sentence).waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'customer-rules')
  expect(complaints).toEqual([])
})

test('how rules fare is a page, with the months of each, in both languages', async () => {
  const { page, complaints } = await office.sitDown('campaign', '/rules')
  await page.getByRole('link', { name: '规则准不准' }).click()
  // The city has lived too few days for the usual thirty: said, and no empty table.
  await page.getByText('尚无已满 30 天的历史数据日').waitFor()
  await page.getByLabel('天数之内').fill('1')
  await page.keyboard.press('Tab')
  const found = await (await weiwan.as('campaign')).ask('listPrecision', { query: { withinDays: 1 } })
  const [rule] = found.rules
  if (rule === undefined) throw new Error('no rule is in force')
  const row = page.getByRole('row').filter({ hasText: rule.title.zh })
  await row.waitFor()
  expect(await page.getByRole('row').count()).toBe(found.rules.length + 1)
  await row.getByRole('button').click()
  await page.getByRole('cell', { name: String(found.mornings[0]), exact: true }).waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'rules-precision')
  await page.getByText('English').click()
  await page.getByRole('heading', { name: 'How rules fare' }).waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'rules-precision-en')
  expect(complaints).toEqual([])
})
