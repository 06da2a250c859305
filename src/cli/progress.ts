import { Presets, SingleBar } from 'cli-progress'
import type { OnProgress } from '#kernel'
import type { Output } from './output.ts'

/** Shows long work: a bar when a person looks, a plain line per step when nobody does, nothing for `--json`. */
export interface ProgressShow {
  readonly onProgress: OnProgress
  end(): void
}

export function showProgress(output: Output): ProgressShow {
  if (output.json) return { onProgress: () => {}, end: () => {} }
  return process.stderr.isTTY ? bar() : plainLines(output)
}

function bar(): ProgressShow {
  const line = new SingleBar(
    {
      format: '{bar} {percentage}% {step}',
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
      fps: 8,
    },
    Presets.shades_classic,
  )
  let isShown = false
  return {
    onProgress: ({ step, done, total }) => {
      const of = Math.max(total ?? done + 1, 1)
      if (!isShown) line.start(of, done, { step })
      isShown = true
      line.setTotal(of)
      line.update(Math.min(done, of), { step })
    },
    end: () => {
      if (isShown) line.stop()
      isShown = false
    },
  }
}

function plainLines(output: Output): ProgressShow {
  let last = ''
  return {
    onProgress: ({ step }) => {
      if (step !== last) output.note(step)
      last = step
    },
    end: () => {},
  }
}
