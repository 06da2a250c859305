import type { Browser, Locator, Page } from 'playwright-core'
import { demoPassword } from '#flows'
import { complaintsOf, openBrowser } from './browser.ts'
import { copyOfCity } from './city.ts'
import { startWeiwan, type Weiwan } from './weiwan.ts'

/** Somebody before a screen of their own, and what their pages complained about. */
export interface Sitting {
  readonly page: Page
  readonly complaints: string[]
}

export interface Office {
  readonly weiwan: Weiwan
  readonly browser: Browser
  /** Signed in through the page, at an address. */
  sitDown(login: string, address?: string): Promise<Sitting>
  close(): Promise<void>
}

/** Weiwan started on a copy of the city, and a browser for people to sit before. */
export async function openOffice(): Promise<Office> {
  const city = copyOfCity()
  const weiwan = await startWeiwan(city.folder)
  const browser = await openBrowser()
  return {
    weiwan,
    browser,
    async sitDown(login, address = '/') {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
      const page = await context.newPage()
      const complaints = complaintsOf(page)
      await page.goto(weiwan.url + address)
      await enter(page, login)
      await page.getByRole('navigation', { name: '主菜单' }).waitFor()
      return { page, complaints }
    },
    async close() {
      await browser.close()
      await weiwan.stop()
      city.remove()
    },
  }
}

/** Fills in the page that asks who one is. */
export async function enter(page: Page, login: string): Promise<void> {
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(demoPassword)
  await page.getByRole('button', { name: '登录' }).click()
}

/** Picks from a list that drops down, within a page or a dialog of it. */
export async function choose(within: Page | Locator, label: string, text: string): Promise<void> {
  const box = within.getByRole('combobox', { name: label, exact: true })
  await box.click()
  // The list of another box may still be closing.
  const page = 'page' in within ? within.page() : within
  const list = page.locator(`#${await box.getAttribute('aria-controls')}`)
  await page
    .locator('.ant-select-dropdown', { has: list })
    .locator('.ant-select-item-option')
    .filter({ hasText: text })
    .first()
    .click()
}
