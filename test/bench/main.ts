import { effectBench } from './effect.ts'
import { factorsBench } from './factors.ts'
import { nightBench } from './night.ts'
import { startBench } from './start.ts'
import { worldBench } from './world.ts'

const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  effect: effectBench,
  factors: factorsBench,
  night: nightBench,
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
