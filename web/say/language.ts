import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en.ts'
import { zh } from './zh.ts'

export type Language = 'zh' | 'en'

const kept = 'weiwan.language'

/** The language this browser chose before, if any. */
export function keptLanguage(): Language | undefined {
  const value = localStorage.getItem(kept)
  return value === 'zh' || value === 'en' ? value : undefined
}

function dress(language: Language): void {
  const words = language === 'zh' ? zh : en
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = words.productLong
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
}

/** Chinese first. Words are objects of strings and functions, so the resources are used as they are. */
export async function startLanguage(): Promise<void> {
  const language = keptLanguage() ?? 'zh'
  await i18next.use(initReactI18next).init({
    resources: { zh: { say: zh }, en: { say: en } },
    lng: language,
    fallbackLng: 'zh',
    supportedLngs: ['zh', 'en'],
    ns: ['say'],
    defaultNS: 'say',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  dress(language)
  i18next.on('languageChanged', chosen => dress(chosen === 'en' ? 'en' : 'zh'))
}

/** A person's choice outlives the session; what the session suggests does not. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(kept, language)
  await i18next.changeLanguage(language)
}

export async function suggestLanguage(language: Language): Promise<void> {
  if (keptLanguage() === undefined) await i18next.changeLanguage(language)
}
