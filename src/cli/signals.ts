const watchMs = 500

/**
 * Aborted when the process is asked to stop. A signal may come twice (the terminal sends it, npm passes it on): the second
 * is ignored, so that closing is not cut short. npm killed outright cannot tell us: then our parent changes.
 */
export function whenStopped(): AbortSignal {
  const leaving = new AbortController()
  const leave = () => leaving.abort()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave)
  const parent = process.ppid
  if (process.env['npm_lifecycle_event'] === undefined) return leaving.signal
  setInterval(() => {
    if (process.ppid !== parent) leave()
  }, watchMs).unref()
  return leaving.signal
}
