import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { RouteId } from '#wire'
import { type Asked, call } from '../../api.ts'

const shown = ['showOrganisation', 'listStaff', 'listRoles', 'listStandIns'] as const

/** Asks for one change of the organisation; whatever came of it, what is shown is read anew, of whichever unit. */
export function useChange<R extends RouteId>(route: R, onDone?: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: Asked<R>) => call(route, asked),
    onSuccess: () => onDone?.(),
    onSettled: () => Promise.all(shown.map(one => client.invalidateQueries({ queryKey: [one] }))),
  })
}
