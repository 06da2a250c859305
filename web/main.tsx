import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import 'antd/dist/reset.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { admitStyles } from './admit-styles.ts'
import { ApiFault, keyOf } from './api.ts'
import { createConsoleRouter } from './router.tsx'
import { startLanguage } from './say/language.ts'
import { useSay } from './say/use-say.ts'
import './ui/console.css'
import { theme } from './ui/theme.ts'

/** Whatever is refused for want of a session has the session asked about, which leads to the sign-in. */
function askWhoAmI(error: Error): void {
  if (!(error instanceof ApiFault) || error.status !== 401) return
  void client.invalidateQueries({ queryKey: keyOf('whoAmI') })
}

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => {
      if (queryKey[0] !== 'whoAmI') askWhoAmI(error)
    },
  }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, { options }) => {
      if (options.mutationKey?.[0] !== 'signIn') askWhoAmI(error)
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A fault is an answer: only silence is asked again.
      retry: (times, error) => error instanceof ApiFault && error.status === 0 && times < 2,
    },
  },
})

const router = createConsoleRouter(client)

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

function Console() {
  const { language } = useSay()
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={theme}
      button={{ autoInsertSpace: false }}
      virtual={false}
    >
      <App>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  )
}

admitStyles()
await startLanguage()

const place = document.getElementById('console')
if (place === null) throw new Error('index.html has no place for the console')
createRoot(place).render(
  <StrictMode>
    <Console />
  </StrictMode>,
)
