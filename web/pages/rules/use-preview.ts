import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Body, Reply } from '#wire'
import { call } from '../../api.ts'

type Asked = Body<'countDraft'>
type DraftRoute = 'countDraft' | 'pictureDraft' | 'overlapDraft' | 'varyDraft'

/** How long nothing is typed before the server is asked. */
const settledAfterMs = 250

/** A value once it has not changed for a moment; the same again is no change. */
export function useSettled<T>(value: T): T {
  const text = JSON.stringify(value)
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const waiting = setTimeout(() => setSettled(text), settledAfterMs)
    return () => clearTimeout(waiting)
  }, [text])
  return useMemo(() => JSON.parse(settled) as T, [settled])
}

/**
 * Asks about a draft; a question that another takes the place of is cancelled, here and on the server. The answer before stays
 * on the screen meanwhile.
 */
export function useDraftReply<R extends DraftRoute>(
  route: R,
  asked: Asked | undefined,
  isWanted = true,
): UseQueryResult<Reply<R>> {
  return useQuery<Reply<R>>({
    queryKey: [route, JSON.stringify(asked ?? null)],
    queryFn: ({ signal }) => call(route, { body: asked as Body<R> }, signal),
    enabled: asked !== undefined && isWanted,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  })
}
