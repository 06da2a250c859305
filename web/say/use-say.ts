import { useTranslation } from 'react-i18next'
import type { Words } from '#wire'
import { en } from './en.ts'
import type { Language } from './language.ts'
import { type Say, zh } from './zh.ts'

interface Speech {
  readonly say: Say
  readonly language: Language
  /** The word of the API in the language of the screen. */
  readonly pick: (words: Words) => string
}

export function useSay(): Speech {
  const { i18n } = useTranslation()
  const language: Language = i18n.language === 'en' ? 'en' : 'zh'
  return { say: language === 'en' ? en : zh, language, pick: words => words[language] }
}
