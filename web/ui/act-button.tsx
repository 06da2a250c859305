import { Button, Tooltip } from 'antd'

interface ActButtonProps {
  readonly label: string
  readonly onAct: () => void
  readonly primary?: boolean
  readonly danger?: boolean
  readonly busy?: boolean
  /** Why it may not be done now. A button is never hidden: it says why it does not work. */
  readonly disabledReason?: string | undefined
}

export function ActButton({ label, onAct, primary, danger, busy, disabledReason }: ActButtonProps) {
  const isDisabled = disabledReason !== undefined
  const button = (
    <Button
      type={primary ? 'primary' : 'default'}
      danger={danger ?? false}
      loading={busy ?? false}
      disabled={isDisabled}
      onClick={onAct}
      aria-description={disabledReason}
    >
      {label}
    </Button>
  )
  return isDisabled ? <Tooltip title={disabledReason}>{button}</Tooltip> : button
}
