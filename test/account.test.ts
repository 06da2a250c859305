import { createServer } from 'node:net'
import { Secret, TOTP } from 'otpauth'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPassword } from '#flows'
import { barriersOn, complaintsOf, picture } from './support/browser.ts'
import { copyOfCity } from './support/city.ts'
import { enter, type Office, openOffice } from './support/office.ts'
import { startProvider } from './support/provider.ts'
import { startWeiwan, type Weiwan } from './support/weiwan.ts'

let weiwan: Weiwan
let browser: Browser
let office: Office

beforeAll(async () => {
  office = await openOffice()
  ;({ weiwan, browser } = office)
})
afterAll(() => office?.close())

test('a person finds their settings, turns the second step on with an authenticator and signs in with it', async () => {
  const { page, complaints } = await office.sitDown('manager2')
  await page.getByTitle('个人设置').click()
  await page.getByRole('heading', { name: '个人设置' }).waitFor()
  await page.getByText('当前会话').waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'account-zh')

  const second = page.getByRole('region', { name: '两步验证' })
  await second.getByRole('button', { name: '开启两步验证' }).click()
  await second.getByLabel('当前密码').fill('not it at all')
  await second.getByRole('button', { name: '开启两步验证' }).click()
  await second.getByText('当前密码不正确').waitFor()
  await second.getByLabel('当前密码').fill(demoPassword)
  await second.getByRole('button', { name: '开启两步验证' }).click()
  const secret = (await second.locator('.secret').innerText()).replaceAll(' ', '')
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'account-totp-zh')
  await second.getByLabel('验证码').fill(totp.generate())
  await second.getByRole('button', { name: '确认' }).click()
  await second.getByText('请抄下并妥善保存').waitFor()
  const codes = await second.locator('.codes code').allInnerTexts()
  expect(codes).toHaveLength(10)
  await picture(page, 'account-codes-zh')
  await second.getByRole('button', { name: '我已保存' }).click()
  await second.getByText('剩余恢复码 10 个').waitFor()

  await page.getByRole('button', { name: '退出' }).click()
  await enter(page, 'manager2')
  await page.getByLabel('验证码或恢复码').fill(codes[0] ?? '')
  await picture(page, 'sign-in-code-zh')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('navigation', { name: '主菜单' }).waitFor()
  expect(complaints).toEqual([])
})

test('a person ends the session they left open elsewhere, and chooses English for good', async () => {
  const elsewhere = await office.sitDown('manager3')
  const { page, complaints } = await office.sitDown('manager3')
  await page.goto(`${weiwan.url}/account`)
  const sessions = page.getByRole('region', { name: '登录会话' })
  await sessions.getByRole('button', { name: '结束' }).click()
  await page.getByText('结束这个会话？').waitFor()
  await page.getByRole('tooltip').getByRole('button', { name: '结束' }).click()
  await sessions.getByRole('button', { name: '结束' }).waitFor({ state: 'detached' })
  await elsewhere.page.reload()
  await elsewhere.page.getByLabel('账号').waitFor()

  await page.getByRole('region', { name: '语言' }).getByText('English').click()
  await page.getByRole('heading', { name: 'My settings' }).waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'account-en')
  expect(complaints).toEqual([])
})

test('an administrator makes a token, which is shown once, and revokes it; and ends somebody’s session', async () => {
  await weiwan.as('supervisor')
  const { page, complaints } = await office.sitDown('admin')
  await page.getByRole('link', { name: '接口令牌' }).click()
  await page.getByText('还没有令牌').waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'tokens-empty-zh')
  await page.getByRole('button', { name: '创建令牌' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('button', { name: '创建令牌' }).click()
  await form.getByText('请输入名称').waitFor()
  await form.getByLabel('名称').fill('数据仓库')
  await form.getByLabel('权限').click()
  await page.getByTitle(/task\.look/).click()
  await page.keyboard.press('Escape')
  await picture(page, 'token-form-zh')
  await form.getByRole('button', { name: '创建令牌' }).click()
  const token = await form.locator('.secret').innerText()
  await picture(page, 'token-made-zh')
  await form.getByRole('button', { name: '我已保存' }).click()
  const ask = () => fetch(`${weiwan.url}/api/tasks`, { headers: { authorization: `Bearer ${token}` } })
  expect((await ask()).status).toBe(200)
  await expect.poll(() => page.content()).not.toContain(token)
  await page.reload()
  await page.getByText('来自 127.0.0.1').waitFor()
  await picture(page, 'tokens-zh')
  await page.getByText('English').click()
  await page.getByRole('heading', { name: 'API tokens' }).waitFor()
  await picture(page, 'tokens-en')
  await page.getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('revoked').waitFor()
  expect((await ask()).status).toBe(401)

  await page.getByRole('link', { name: 'Sessions' }).click()
  await page.getByRole('heading', { name: 'Sessions' }).waitFor()
  expect(await barriersOn(page)).toEqual([])
  await picture(page, 'sessions-en')
  await page.getByText('中文').click()
  await page.getByRole('heading', { name: '登录会话' }).waitFor()
  await picture(page, 'sessions-zh')
  const line = page.getByRole('row', { name: /supervisor/ })
  await line.getByRole('button', { name: '结束' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: '结束' }).click()
  await line.waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

/** A port that is free now: the provider has to know where the console will be. */
function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

test('a browser goes to the company’s sign-in service on another site and comes back signed in, where it wanted to go', async () => {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const provider = await startProvider(`${address}/sign-in/oidc`, 'localhost')
  const other = copyOfCity()
  const console = await startWeiwan(other.folder, {
    port,
    env: {
      WEIWAN_ADDRESS: address,
      WEIWAN_OIDC_ISSUER: provider.issuer,
      WEIWAN_OIDC_CLIENT_ID: provider.clientId,
      WEIWAN_OIDC_CLIENT_SECRET: provider.clientSecret,
    },
  })
  try {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
    const complaints = complaintsOf(page)
    await page.goto(`${address}/subscribers?q=139`)
    const through = page.getByRole('button', { name: '统一身份认证' })
    await through.waitFor()
    expect(await barriersOn(page)).toEqual([])
    await picture(page, 'sign-in-zh')
    await page.getByText('English').click()
    await page.getByRole('button', { name: 'Company sign-in' }).waitFor()
    await picture(page, 'sign-in-en')
    await page.getByText('中文').click()

    provider.person = undefined
    await through.click()
    await page.getByText('未准许登录').waitFor()
    expect(await barriersOn(page)).toEqual([])
    await picture(page, 'sign-in-denied-zh')
    await page.getByRole('link', { name: '返回登录页' }).click()

    provider.person = { sub: 'someone', claims: { preferred_username: 'nobody.here' } }
    await through.click()
    await page.getByText('本系统没有您的账号').waitFor()

    // The provider itself would still know who came last.
    await page.context().clearCookies({ domain: 'localhost' })
    provider.person = { sub: 'somebody', claims: { preferred_username: 'clerk' } }
    await page.goto(`${address}/subscribers?q=139`)
    await through.click()
    await page.getByRole('heading', { name: '用户查询' }).waitFor()
    expect(new URL(page.url()).search).toContain('139')
    const cookies = await page.context().cookies(address)
    expect(cookies.find(c => c.name === 'weiwan_session')).toMatchObject({
      httpOnly: true,
      sameSite: 'Strict',
    })
    expect(complaints).toEqual([])
  } finally {
    await provider.close()
    await console.stop()
    other.remove()
  }
})
