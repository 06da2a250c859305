import { Presets, SingleBar } from 'cli-progress'
import type { OnProgress, Progress } from '#kernel'
import type { Output } from './output.ts'

/**
 * Shows long work: a bar when a person looks, a plain line per step when nobody does. With `--json`, where asked for, a JSON
 * line on stderr for every part of a step; otherwise nothing.
 */
export interface ProgressShow {
  readonly onProgress: OnProgress
  end(): void
}

export function showProgress(output: Output, { asJson = false } = {}): ProgressShow {
  if (output.json) return asJson ? jsonLines(output) : { onProgress: () => {}, end: () => {} }
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
    onProgress: ({ step, done, total, part }) => {
      const of = Math.max(total ?? done + 1, 1)
      const words = { step: part === undefined ? step : `${step} · ${part.step}` }
      if (!isShown) line.start(of, done, words)
      isShown = true
      line.setTotal(of)
      line.update(Math.min(done + shareOf(part), of), words)
    },
    end: () => {
      if (isShown) line.stop()
      isShown = false
    },
  }
}

/** How much of a step is done, from 0 to 1. */
function shareOf(part: Progress | undefined): number {
  if (part?.total === undefined || part.total === 0) return 0
  return Math.min(1, (part.done + shareOf(part.part)) / part.total)
}

function jsonLines(output: Output): ProgressShow {
  return { onProgress: progress => output.note(JSON.stringify({ progress })), end: () => {} }
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
