import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import type { Fault } from '#kernel'
import { check } from './check.ts'
import { duplicateRule, malformed, unreadable } from './faults.ts'
import type { KnownFactors } from './known-factor.ts'
import { parseRule } from './parse-rule.ts'
import type { Rule } from './rule.ts'

/** The rules of a folder that are right, and every fault of those that are not, each with file and line. */
export interface RuleBook {
  readonly rules: readonly Rule[]
  readonly faults: readonly Fault[]
}

/** Reads every `*.yaml` of a folder; each file is a list of rules. Never stops at the first fault. */
export async function readRules(folder: string, factors: KnownFactors): Promise<RuleBook> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.yaml')).sort()
  const texts = await Promise.all(names.map(name => readFile(path.join(folder, name), 'utf8')))
  const files = names.map((name, i) => rulesIn(name, texts[i] ?? '', factors))
  const found = files.flatMap(file => file.rules)
  const faults = files.flatMap(file => file.faults)
  const seen = new Set<string>()
  const rules: Rule[] = []
  for (const { rule, at } of found) {
    if (seen.has(rule.id)) faults.push(duplicateRule(at, rule.id))
    else rules.push(rule)
    seen.add(rule.id)
  }
  return { rules, faults }
}

interface Placed {
  readonly rule: Rule
  readonly at: { readonly file: string; readonly line: number }
}

interface RuleFile {
  readonly rules: readonly Placed[]
  readonly faults: readonly Fault[]
}

function rulesIn(file: string, text: string, factors: KnownFactors): RuleFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const broken = document.errors.map(e =>
    unreadable({ file, line: e.linePos?.[0].line ?? 1 }, firstLine(e.message)),
  )
  if (broken.length > 0) return { rules: [], faults: broken }
  const content: unknown = document.toJS()
  if (!Array.isArray(content)) {
    return {
      rules: [],
      faults: [malformed({ file, line: 1 }, 'a list of rules is expected', '此处应为规则列表')],
    }
  }
  const rules: Placed[] = []
  const faults: Fault[] = []
  content.forEach((item: unknown, i) => {
    const parsed = parseRule(item)
    const { checkable } = parsed
    const checked = checkable === undefined ? [] : check(checkable.condition, factors, checkable.parameters)
    const all = [...parsed.faults, ...checked]
    faults.push(...all.map(f => ({ ...f, at: placeOf(document, lines, file, i, f) })))
    if (all.length > 0 || parsed.rule === undefined) return
    rules.push({ rule: parsed.rule, at: { file, line: lineOf(document, lines, [i]) } })
  })
  return { rules, faults }
}

function placeOf(document: Document, lines: LineCounter, file: string, i: number, fault: Fault) {
  const path = String(fault.at?.['path'] ?? '')
  const steps = path
    .split('/')
    .filter(s => s !== '')
    .map(s => (/^\d+$/.test(s) ? Number(s) : s))
  return { ...fault.at, file, line: lineOf(document, lines, [i, ...steps]) }
}

/** The line of a node, or of the nearest thing around it that is written down. */
function lineOf(document: Document, lines: LineCounter, steps: readonly (string | number)[]): number {
  for (let length = steps.length; length > 0; length--) {
    const node = document.getIn(steps.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message
}
