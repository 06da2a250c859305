import { Segmented } from 'antd'
import { chooseLanguage, type Language } from '../say/language.ts'
import { useSay } from '../say/use-say.ts'

/** Each language is named in itself, so that whoever reads only that one finds it. */
const languages = [
  { value: 'zh' as Language, label: '中文' },
  { value: 'en' as Language, label: 'English' },
]

export function LanguageSwitch() {
  const { say, language } = useSay()
  return (
    <Segmented<Language>
      aria-label={say.language}
      options={languages}
      value={language}
      onChange={chosen => void chooseLanguage(chosen)}
    />
  )
}
