import { Alert, Button, Empty, Skeleton } from 'antd'
import type { ReactNode } from 'react'

/** What a screen shows before there is an answer. */
export function Loading({ label }: { readonly label: string }) {
  return (
    <div role="status" aria-label={label} className="loading">
      <Skeleton active paragraph={{ rows: 5 }} />
    </div>
  )
}

interface FaultShownProps {
  readonly sentence: string
  readonly code: string
  readonly again?: { readonly label: string; readonly act: () => void }
}

/** What went wrong, in words, with the code for whoever is asked about it. */
export function FaultShown({ sentence, code, again }: FaultShownProps) {
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={sentence}
      description={code}
      action={again === undefined ? undefined : <Button onClick={again.act}>{again.label}</Button>}
    />
  )
}

interface NothingProps {
  readonly title: string
  readonly more?: string
  readonly action?: ReactNode
}

export function Nothing({ title, more, action }: NothingProps) {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <div className="strong">{title}</div>
          {more === undefined ? null : <div className="faint">{more}</div>}
        </>
      }
    >
      {action}
    </Empty>
  )
}
