const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/MicroMessenger\//, 'WeChat'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/curl\//, 'curl'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** `Chrome · Windows` from what a browser calls itself; undefined when it says nothing known. */
export function deviceName(said: string | null): string | undefined {
  if (said === null) return undefined
  const parts = [browsers, systems].flatMap(known => known.find(([sign]) => sign.test(said))?.[1] ?? [])
  return parts.length === 0 ? undefined : parts.join(' · ')
}
