const watchMs = 500

/**
 * Resolves when the process is asked to stop. A signal may come twice (the terminal sends it, npm passes it on): the second
 * is ignored, so that closing is not cut short. npm killed outright cannot tell us: then our parent changes.
 */
export function untilStopped(): Promise<string> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal))
    const parent = process.ppid
    if (process.env['npm_lifecycle_event'] === undefined) return
    setInterval(() => {
      if (process.ppid !== parent) resolve('parent')
    }, watchMs).unref()
  })
}
