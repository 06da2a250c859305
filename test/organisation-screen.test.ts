import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { en } from '../web/say/en.ts'
import { zh } from '../web/say/zh.ts'
import { barriersOn, picture } from './support/browser.ts'
import { choose, type Office, openOffice } from './support/office.ts'

/** An administrator at the screen of the organisation, from the first unit to the last import. */

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office?.close())

type Language = 'zh' | 'en'

async function sitDown(language: Language) {
  const { page, complaints } = await office.sitDown('admin', '/organisation')
  const say = language === 'zh' ? zh : en
  if (language === 'en') await page.getByText('English', { exact: true }).click()
  await page.getByRole('heading', { name: say.organisation.title }).waitFor()
  return { page, complaints, say, words: say.organisation }
}

function dialogOf(page: Page): Locator {
  return page.getByRole('dialog').filter({ visible: true })
}

async function unitsNow() {
  const { units } = await (await office.weiwan.as('admin')).ask('showOrganisation')
  const [first, second] = units.filter(unit => unit.level.code === 'county')
  if (first === undefined || second === undefined) throw new Error('the city has no two counties')
  return { units, first, second }
}

const units = 'id,parent,level,name_zh,name_en\n'

describe.each(['zh', 'en'] as const)('in %s', language => {
  const nth = language === 'zh' ? 1 : 2
  const team = `screen${nth}`
  const unitName = language === 'zh' ? `屏幕班${nth}` : `Screen team ${nth}`

  test('a unit is made and moved, somebody works there, roles and stand-ins are set and ended', async () => {
    const { page, complaints, words } = await sitDown(language)
    const { first, second } = await unitsNow()
    const seen: string[] = []
    const look = async (name: string) => {
      seen.push(...(await barriersOn(page)))
      await picture(page, `organisation-${name}-${language}`)
    }
    const save = () => dialogOf(page).getByRole('button', { name: words.save, exact: true }).click()

    await page.locator('.ant-tree-title').filter({ hasText: first.name[language] }).first().click()
    await look('tree')
    await page.getByRole('button', { name: words.addUnit }).click()
    await dialogOf(page).getByLabel(words.id, { exact: true }).fill(team)
    await dialogOf(page).getByLabel(words.nameZh).fill(`屏幕班${nth}`)
    await dialogOf(page).getByLabel(words.nameEn).fill(`Screen team ${nth}`)
    const level = (await (await office.weiwan.as('admin')).ask('showOrganisation')).levels.find(
      one => one.code === 'team',
    )
    await choose(dialogOf(page), words.level, level?.title[language] ?? '')
    await look('new-unit')
    await save()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    const made = (await unitsNow()).units.find(unit => unit.id === team)
    expect(made).toMatchObject({ parentId: first.id, level: { code: 'team' } })

    await page.locator('.ant-tree-title').filter({ hasText: unitName }).click()
    await page.getByText(words.nobody).waitFor()
    await page.getByRole('button', { name: words.changeUnit }).click()
    await choose(dialogOf(page), words.parent, second.id)
    await save()
    await dialogOf(page).getByText(words.moveMeans).waitFor()
    await look('move')
    expect((await unitsNow()).units.find(unit => unit.id === team)?.parentId).toBe(first.id)
    await dialogOf(page).getByRole('button', { name: words.move }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect((await unitsNow()).units.find(unit => unit.id === team)?.parentId).toBe(second.id)

    const roles = (await (await office.weiwan.as('admin')).ask('listRoles')).roles
    const titleOf = (code: string) => roles.find(role => role.code === code)?.title[language] ?? code
    await page.getByRole('button', { name: words.addStaff }).click()
    await dialogOf(page).getByLabel(words.login).fill(team)
    await dialogOf(page).getByLabel(words.nameZh).fill('新同事')
    await dialogOf(page).getByLabel(words.nameEn).fill('New colleague')
    await dialogOf(page).getByLabel(words.phone, { exact: true }).fill('+86 138-0013-9999')
    await choose(dialogOf(page), words.roles, titleOf('clerk'))
    await choose(dialogOf(page), words.roles, titleOf('analyst'))
    await dialogOf(page).getByLabel(words.login).click()
    await look('new-staff')
    await save()
    await dialogOf(page).getByText(words.madeMeans).waitFor()
    await look('password')
    await page.getByRole('button', { name: words.kept }).click()
    const line = page.getByRole('row').filter({ hasText: team })
    expect(await line.innerText()).toContain(titleOf('analyst'))
    expect(await line.innerText()).toContain('138****9999')
    await line.getByRole('button', { name: words.close, exact: true }).click()
    await page.locator('.ant-popover').getByRole('button', { name: words.close, exact: true }).click()
    await line.getByText(words.closed).waitFor()

    await page.getByRole('tab', { name: words.tabs.roles }).click()
    await page.getByRole('button', { name: words.addRole }).click()
    await dialogOf(page).getByLabel(words.roleCode).fill(`role${nth}`)
    await dialogOf(page).getByLabel(words.nameZh).fill(`自定角色${nth}`)
    await dialogOf(page).getByLabel(words.nameEn).fill(`Own role ${nth}`)
    await choose(dialogOf(page), words.permissions, 'task.look')
    await choose(dialogOf(page), words.permissions, 'rule.look')
    await dialogOf(page).getByLabel(words.nameEn).click()
    await save()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page
      .getByRole('row')
      .filter({ hasText: `role${nth}` })
      .waitFor()
    await look('roles')

    await page.getByRole('tab', { name: words.tabs.standIns }).click()
    await page.getByText(words.noStandIns).waitFor()
    await page.getByRole('button', { name: words.addStandIn }).click()
    await choose(dialogOf(page), words.forName, '(manager1)')
    await choose(dialogOf(page), words.byName, '(manager2)')
    await look('stand-in')
    const days = dialogOf(page).locator('.ant-picker-range input')
    const dialog = page.getByRole('dialog')
    // A day typed before the calendar has opened is not taken: as a person would, look and type it again.
    await vi.waitFor(
      async () => {
        if (await dialog.isHidden()) return
        await days.nth(0).fill('2026-09-14')
        await page.keyboard.press('Enter')
        await days.nth(1).fill('2026-09-20')
        await page.keyboard.press('Tab')
        await save()
        await dialog.waitFor({ state: 'hidden', timeout: 5_000 })
      },
      { timeout: 90_000, interval: 500 },
    )
    await page.getByText('2026-09-20').waitFor()
    await page.getByRole('button', { name: words.endStandIn, exact: true }).click()
    await page.locator('.ant-popover').getByRole('button', { name: words.endStandIn, exact: true }).click()
    await page.getByText(words.noStandIns).waitFor()
    expect(seen).toEqual([])
    expect(complaints).toEqual([])
  }, 240_000)

  test('a file with mistakes is told line by line and changes nothing; the mended one is seen, then done', async () => {
    const { page, complaints, words, say } = await sitDown(language)
    const { first, units: before } = await unitsNow()
    const seen: string[] = []
    await page.getByRole('tab', { name: words.tabs.import }).click()
    const give = (text: string | Buffer, name = 'units.csv') =>
      page
        .getByLabel(say.file.choose)
        .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
    const preview = () => page.getByRole('button', { name: words.importPreview }).click()

    await give(Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1'))
    await preview()
    await page.getByText('file.not-sheet').waitFor()
    await give(Buffer.alloc(9 * 2 ** 20, 'a'), 'large.csv')
    await page.getByText(say.file.tooLarge({ name: 'large.csv', size: '8 MB' })).waitFor()

    await give(`${units}ok${nth},${first.id},team,甲,A\nbad id,nowhere,team,,B\n`)
    await preview()
    await page.getByText(words.importFaulty({ count: '3' })).waitFor()
    seen.push(...(await barriersOn(page)))
    await picture(page, `import-faulty-${language}`)
    expect((await unitsNow()).units.length).toBe(before.length)

    await give(`${units}ok${nth},${first.id},team,甲班${nth},Team A${nth}\n`)
    await preview()
    const apply = words.importApply({ count: '1' })
    await page.getByRole('button', { name: apply }).click()
    seen.push(...(await barriersOn(page)))
    await picture(page, `import-good-${language}`)
    expect((await unitsNow()).units.length).toBe(before.length)
    await page.locator('.ant-popover').getByRole('button', { name: apply }).click()
    await page.getByText(words.importDone).waitFor()
    expect((await unitsNow()).units.find(unit => unit.id === `ok${nth}`)).toMatchObject({
      parentId: first.id,
      name: { zh: `甲班${nth}` },
    })

    await page.getByText(words.importStaff, { exact: true }).click()
    await give(`login,name_zh,name_en,roles,unit\nfile${nth},文件员工,File staff,clerk,ok${nth}\n`)
    await preview()
    await page.getByRole('button', { name: apply }).click()
    await page.locator('.ant-popover').getByRole('button', { name: apply }).click()
    await page.getByText(words.madeMeans).waitFor()
    expect(seen).toEqual([])
    expect(complaints).toEqual([])
  })
})
