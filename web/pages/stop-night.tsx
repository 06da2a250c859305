import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { FaultNote } from '../answer.tsx'
import { call, keyOf } from '../api.ts'
import { useSay } from '../say/use-say.ts'
import { useMay } from './use-may.ts'

/** Asks the running night to stop, after asking whether that is meant. Whoever may not, does not see it. */
export function StopNight({ day }: { readonly day: string }) {
  const { say } = useSay()
  const client = useQueryClient()
  const mayStop = useMay('night.stop')
  const parts = { day }
  const stop = useMutation({
    mutationFn: () => call('stopNight', { parts }),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf('showNight', { parts }) }),
  })
  if (!mayStop) return null
  return (
    <>
      <Popconfirm
        title={say.night.stopSure}
        description={say.night.stopMeans}
        okText={say.night.stop}
        cancelText={say.back}
        onConfirm={() => stop.mutate()}
      >
        <Button danger loading={stop.isPending || stop.isSuccess}>
          {stop.isSuccess ? say.night.stopping : say.night.stop}
        </Button>
      </Popconfirm>
      {stop.error === null ? null : <FaultNote error={stop.error} />}
    </>
  )
}
