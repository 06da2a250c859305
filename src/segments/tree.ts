import type { Fault, PlainDate } from '#kernel'
import {
  type BoundCondition,
  bind,
  type Condition,
  check,
  factorsUsed,
  holds,
  type KnownFactors,
  type Language,
  parseCondition,
  selecting,
  sentence,
  type Words,
} from '#rules'
import { type Row, type Sql, sql } from '#warehouse'
import { segmentMalformed, stageUnreached, unknownStage } from './faults.ts'

/** A decision tree as data: each branch asks a condition, each leaf is the id of a stage. */
export type Tree<C = Condition> = string | Branch<C>

export interface Branch<C = Condition> {
  /** What is asked, as people say it. */
  readonly asks: Words
  readonly when: C
  readonly yes: Tree<C>
  readonly no: Tree<C>
}

export type BoundTree = Tree<BoundCondition>

/** Deeper than this nobody reads it. */
const depthMax = 12

interface Reading {
  readonly stages: readonly string[]
  readonly factors: KnownFactors
  readonly faults: Fault[]
  readonly reached: Set<string>
}

/** Reads a tree that came from YAML; every fault with its place. A missing value satisfies no comparison: it takes `no`. */
export function readTree(
  input: unknown,
  stages: readonly string[],
  factors: KnownFactors,
  path: string,
): { readonly tree: Tree | undefined; readonly faults: readonly Fault[] } {
  const reading: Reading = { stages, factors, faults: [], reached: new Set() }
  const tree = treeIn(reading, input, path, 0)
  const unreached = stages.filter(stage => !reading.reached.has(stage))
  const faults = [...reading.faults, ...unreached.map(stage => stageUnreached(stage, path))]
  return { tree: faults.length === 0 ? tree : undefined, faults }
}

function treeIn(reading: Reading, input: unknown, path: string, depth: number): Tree | undefined {
  if (typeof input === 'string') return leafIn(reading, input, path)
  if (typeof input !== 'object' || input === null || depth > depthMax) {
    reading.faults.push(segmentMalformed(path, 'a stage or a branch is expected', '此处应为阶段或分支'))
    return undefined
  }
  const { asks, when, yes, no, ...strange } = input as Record<string, unknown>
  for (const key of Object.keys(strange)) {
    reading.faults.push(
      segmentMalformed(`${path}/${key}`, `"${key}" means nothing here`, `此处不识别“${key}”`),
    )
  }
  if (!isWords(asks)) {
    reading.faults.push(segmentMalformed(`${path}/asks`, 'zh and en are expected', '此处应有 zh 和 en'))
  }
  const condition = conditionIn(reading, when, `${path}/when`)
  const then = treeIn(reading, yes, `${path}/yes`, depth + 1)
  const otherwise = treeIn(reading, no, `${path}/no`, depth + 1)
  if (!isWords(asks) || condition === undefined || then === undefined || otherwise === undefined)
    return undefined
  return { asks, when: condition, yes: then, no: otherwise }
}

function leafIn({ stages, faults, reached }: Reading, stage: string, path: string): string | undefined {
  reached.add(stage)
  if (stages.includes(stage)) return stage
  faults.push(unknownStage(stage, path))
  return undefined
}

function conditionIn({ factors, faults }: Reading, input: unknown, path: string): Condition | undefined {
  const parsed = parseCondition(input, path)
  const wrong = parsed.condition === undefined ? parsed.faults : check(parsed.condition, factors, [], path)
  faults.push(...wrong)
  return wrong.length === 0 ? parsed.condition : undefined
}

function isWords(input: unknown): input is Words {
  const words = input as Partial<Words> | null | undefined
  return typeof words?.zh === 'string' && typeof words.en === 'string' && words.zh !== '' && words.en !== ''
}

/** Days counted from the as-of day become days. */
export function bindTree(tree: Tree, asOf: PlainDate): BoundTree {
  if (typeof tree === 'string') return tree
  return {
    asks: tree.asks,
    when: bind(tree.when, { asOf, parameters: [] }),
    yes: bindTree(tree.yes, asOf),
    no: bindTree(tree.no, asOf),
  }
}

/** The stage as a SQL value. */
export function treeSql(tree: BoundTree): Sql {
  if (typeof tree === 'string') return sql`${tree}`
  return sql`CASE WHEN ${selecting(tree.when)} THEN ${treeSql(tree.yes)} ELSE ${treeSql(tree.no)} END`
}

/** The stage of one row of factors: the plain twin of `treeSql`; a property test keeps them equal. */
export function stageOf(tree: BoundTree, row: Row): string {
  if (typeof tree === 'string') return tree
  return stageOf(holds(tree.when, row) ? tree.yes : tree.no, row)
}

/** One question on the way to a stage, and how it was answered. */
export interface TreeStep {
  readonly asks: Words
  readonly sentence: Words
  readonly held: boolean
}

/** Why a row has its stage: the questions that were asked of it, in order. */
export function pathTo(tree: BoundTree, row: Row, factors: KnownFactors): readonly TreeStep[] {
  if (typeof tree === 'string') return []
  const held = holds(tree.when, row)
  const say = (lang: Language) => sentence(tree.when, factors, lang)
  const step = { asks: tree.asks, sentence: { zh: say('zh'), en: say('en') }, held }
  return [step, ...pathTo(held ? tree.yes : tree.no, row, factors)]
}

/** Every factor the tree asks about, each once. */
export function treeUses(tree: Tree): readonly string[] {
  if (typeof tree === 'string') return []
  return [...new Set([...factorsUsed(tree.when), ...treeUses(tree.yes), ...treeUses(tree.no)])]
}

/** A decision tree, asked. */
export const stageTree = { bind: bindTree, stageOf, pathTo } as const
