import { countBench } from './count.ts'
import { effectBench } from './effect.ts'
import { factorsBench } from './factors.ts'
import { listsBench } from './lists.ts'
import { nightBench } from './night.ts'
import { previewBench } from './preview.ts'
import { rulesBench } from './rules.ts'
import { scaleBench } from './scale.ts'
import { scopedBench } from './scoped.ts'
import { segmentsBench } from './segments.ts'
import { serveBench } from './serve.ts'
import { shapeBench } from './shape.ts'
import { startBench } from './start.ts'
import { worldBench } from './world.ts'

const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  count: countBench,
  effect: effectBench,
  factors: factorsBench,
  lists: listsBench,
  night: nightBench,
  preview: previewBench,
  rules: rulesBench,
  scale: scaleBench,
  scoped: scopedBench,
  segments: segmentsBench,
  shape: shapeBench,
  serve: serveBench,
  start: startBench,
  world: worldBench,
}

const [name = '', ...args] = process.argv.slice(2)
const bench = benches[name]
if (bench === undefined) {
  console.error(`usage: node test/bench/main.ts ${Object.keys(benches).join('|')} [options]`)
  process.exitCode = 2
} else {
  await bench(args)
}
