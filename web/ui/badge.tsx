import type { CSSProperties, ReactNode } from 'react'

export type Tone = 'bad' | 'warn' | 'good' | 'calm' | 'busy'

const tones: Readonly<Record<Tone, CSSProperties>> = {
  bad: { color: '#ffffff', background: '#a8201a' },
  warn: { color: '#6b3b00', background: '#ffe6bf' },
  good: { color: '#14532d', background: '#d8f0e0' },
  calm: { color: '#3c4452', background: '#e9ecf1' },
  busy: { color: '#0b3f7f', background: '#dbe8f8' },
}

/** A word with a colour behind it. The word alone says everything. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className="badge" style={tones[tone]}>
      {children}
    </span>
  )
}
