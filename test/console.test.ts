import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPassword } from '#flows'
import type { Reply } from '#wire'
import { barriersOn, picture } from './support/browser.ts'
import { type Office, openOffice } from './support/office.ts'
import type { Weiwan } from './support/weiwan.ts'

type Task = Reply<'showTask'>

let weiwan: Weiwan
let browser: Browser
let office: Office

beforeAll(async () => {
  office = await openOffice()
  ;({ weiwan, browser } = office)
})
afterAll(() => office?.close())

/** The first account manager who has a call waiting. */
async function managerWithCall(): Promise<{ login: string; task: Task }> {
  for (const { login } of weiwan.accounts.filter(a => a.login.startsWith('manager'))) {
    const manager = await weiwan.as(login)
    const { rows } = await manager.ask('listTasks', { query: { state: 'open', channel: 'call' } })
    if (rows[0] !== undefined)
      return { login, task: await manager.ask('showTask', { parts: { id: rows[0].id } }) }
  }
  throw new Error('no account manager has a call waiting')
}

describe('an account manager', () => {
  test('signs in, sees why a customer is listed and records an outcome in three clicks', async () => {
    const { login, task } = await managerWithCall()
    const { page, complaints } = await office.sitDown(login)
    await page.getByRole('heading', { name: '今日任务' }).waitFor()
    const line = page.locator(`tr[data-row-key="${task.id}"]`)
    await line.waitFor()
    expect(await line.innerText()).toContain(task.reason.zh)
    expect(await page.getByText(`数据日 ${weiwan.asOf}`).first().isVisible()).toBe(true)
    expect(await barriersOn(page)).toEqual([])
    await picture(page, 'list')

    await line.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '为什么在清单上' }).waitFor()
    for (const signal of task.warning.signals) {
      const shown = page.getByRole('region', { name: signal.title.zh })
      expect(await shown.innerText()).toContain(signal.sentence.zh)
    }
    await page.getByRole('img', { name: /按月的收入/ }).waitFor()
    expect(await page.getByRole('region', { name: '基本属性' }).innerText()).toContain('余额')
    expect(await barriersOn(page)).toEqual([])
    await picture(page, 'task')

    await page.getByRole('button', { name: '领取' }).click()
    await page.getByRole('button', { name: '明确表示离网' }).click()
    await page.getByRole('button', { name: '资费偏高' }).click()
    await page.getByText('已完成').first().waitFor()
    expect(await barriersOn(page)).toEqual([])
    await picture(page, 'recorded')

    const kept = await (await weiwan.as(login)).ask('showTask', { parts: { id: task.id } })
    expect(kept).toMatchObject({
      state: { code: 'done' },
      recorded: { code: 'leaving', leavingReason: { code: 'price' } },
    })
    await page.getByRole('navigation').getByRole('link', { name: '今日任务' }).click()
    await page.getByRole('heading', { name: '今日任务' }).waitFor()
    await line.waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  })

  test('looks a subscriber up by a part of the id and finds the whole customer view', async () => {
    const { login, task } = await managerWithCall().catch(ownWork)
    const { page, complaints } = await office.sitDown(login)
    await page.getByRole('link', { name: '用户查询' }).click()
    await page.getByRole('searchbox', { name: '手机号码或用户标识' }).fill(task.subscriberId)
    await page.keyboard.press('Enter')
    await page.locator(`tr[data-row-key="${task.subscriberId}"]`).click()
    await page.getByRole('heading', { name: '客户视图' }).waitFor()
    await page.getByRole('heading', { name: '往来' }).waitFor()
    expect(await barriersOn(page)).toEqual([])
    await picture(page, 'customer')
    expect(complaints).toEqual([])
  })

  /** When all calls are made: somebody's finished work. */
  async function ownWork() {
    for (const { login } of weiwan.accounts.filter(a => a.login.startsWith('manager'))) {
      const manager = await weiwan.as(login)
      const [row] = (await manager.ask('listTasks')).rows
      if (row !== undefined) return { login, task: await manager.ask('showTask', { parts: { id: row.id } }) }
    }
    throw new Error('nobody has a task')
  }
})

describe('a message', () => {
  test('does not leave when the customer recharged meanwhile, and the screen says why', async () => {
    const task = await lowBalanceMessage()
    const now = new Date().toISOString()
    const recharge = {
      rechargeId: `live-${task.id}`,
      subscriberId: task.subscriberId,
      paidAt: now,
      amountFen: 50_000,
    }
    await (await weiwan.as('admin')).ask('postRecharge', { body: recharge })

    const { page, complaints } = await office.sitDown('campaign', `/tasks/${task.id}`)
    await page.getByRole('button', { name: '复核并发送' }).click()
    const said = page.getByRole('status').filter({ hasText: '没有发送' })
    await said.waitFor()
    await picture(page, 'refused')
    expect(await barriersOn(page)).toEqual([])
    expect(complaints).toEqual([])

    const { attempts } = await (await weiwan.as('campaign')).ask('showTask', { parts: { id: task.id } })
    expect(attempts.at(-1)?.refusal?.zh).toBeTruthy()
    expect(await said.innerText()).toContain(attempts.at(-1)?.refusal?.zh)
  })

  /** A message that waits because of a low balance and nothing else. */
  async function lowBalanceMessage(): Promise<Task> {
    const campaign = await weiwan.as('campaign')
    const { rows } = await campaign.ask('listTasks', {
      query: { state: 'open', channel: 'sms', pageSize: 100 },
    })
    for (const { id } of rows) {
      const task = await campaign.ask('showTask', { parts: { id } })
      const [signal, ...more] = task.warning.signals
      if (more.length === 0 && signal?.values.some(v => v.id === 'balance')) return task
    }
    throw new Error('nobody is to be told about a low balance')
  }
})

describe('the console', () => {
  const screens = [
    ['supervisor', '/nights', '夜间任务'],
    ['supervisor', `/nights/2026-09-14`, '数据校验'],
    ['supervisor', '/rules', '规则'],
    ['supervisor', '/rules/many_complaints', '条件'],
    ['supervisor', '/factors', '因子'],
    ['supervisor', '/effects', '效果'],
    ['campaign', '/outbox', '发件箱'],
    ['admin', '/feeds', '接口数据'],
  ] as const

  test('every screen opens, can be used without sight or mouse, and breaks no rule of the browser', async () => {
    const seen: unknown[] = []
    for (const login of new Set(screens.map(([who]) => who))) {
      const { page, complaints } = await office.sitDown(login)
      for (const [, address, heading] of screens.filter(([who]) => who === login)) {
        await page.goto(weiwan.url + address)
        await page.getByRole('heading', { name: heading, exact: true }).first().waitFor()
        await page.getByRole('table').first().waitFor()
        const barriers = await barriersOn(page)
        await picture(page, address.replaceAll('/', '-').slice(1))
        if (barriers.length > 0) seen.push({ address, barriers })
      }
      if (complaints.length > 0) seen.push({ login, complaints })
      await page.context().close()
    }
    expect(seen).toEqual([])
  })

  test('speaks English after one click, also after the page is opened anew', async () => {
    const { page, complaints } = await office.sitDown('supervisor', '/tasks?state=all')
    await page.getByText('English', { exact: true }).click()
    await page.getByRole('heading', { name: 'My list today' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'My list today' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    const words = await page.locator('nav, thead, .page-head, search').allInnerTexts()
    expect(words.join('\n')).not.toMatch(/\p{Script=Han}/u)
    expect(await barriersOn(page)).toEqual([])
    await picture(page, 'list-en')
    expect(complaints).toEqual([])
  })

  test('an address with filters leads through the sign-in to the filtered list', async () => {
    const { page } = await office.sitDown('supervisor', '/tasks?state=all&level=low&channel=sms')
    await page.getByRole('heading', { name: '今日任务' }).waitFor()
    expect(new URL(page.url()).search).toBe('?state=all&level=low&channel=sms')
    await page.locator('tr.list-row').first().waitFor()
    const levels = await page.locator('tr.list-row td:first-child').allInnerTexts()
    expect(new Set(levels)).toEqual(new Set(['低']))
  })

  test('a wrong password is told once, in words, and lets nobody in', async () => {
    const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
    await page.goto(`${weiwan.url}/tasks`)
    await page.getByLabel('账号').fill('supervisor')
    await page.getByLabel('密码').fill('wrong-password')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').count()).toBe(1)
    expect(await page.getByRole('alert').innerText()).toContain('sign-in.refused')
    expect(await barriersOn(page)).toEqual([])
    await page.goto(`${weiwan.url}/nights`)
    await page.getByLabel('账号').waitFor()
  })

  test('a session that ended leads to the sign-in and back to where one was', async () => {
    const { page } = await office.sitDown('supervisor', '/rules')
    await page.getByRole('heading', { name: '规则' }).waitFor()
    await page.context().clearCookies()
    await page.getByRole('link', { name: '效果' }).click()
    await page.getByText('登录已失效').waitFor()
    await page.getByLabel('账号').fill('supervisor')
    await page.getByLabel('密码').fill(demoPassword)
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: '效果' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/effects')
  })

  test('what a role may not see is refused in words, not in silence', async () => {
    const { page } = await office.sitDown('manager1')
    expect(await page.getByRole('navigation').getByRole('link').allInnerTexts()).toEqual([
      '今日任务',
      '用户查询',
      '预警',
      '客户分布',
      '标签',
      '关怀日历',
      '规则',
      '导出',
      '审批',
    ])
    await page.goto(`${weiwan.url}/feeds`)
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toContain('permission.missing')
  })
})
