import type { Words } from '../view/coded.ts'
import { managersStep } from './assign.ts'
import { checkStep } from './check.ts'
import { exportStep } from './export.ts'
import { factorsStep } from './factors.ts'
import { ingestStep } from './ingest.ts'
import { listsStep } from './lists.ts'
import { qualityStep } from './quality.ts'
import { restateStep } from './restate.ts'
import { segmentsStep } from './segments.ts'
import { warningsStep } from './warnings.ts'
import type { Work } from './work.ts'

export interface Step {
  readonly id: string
  readonly title: Words
  /** What an earlier try finished stays; otherwise the step runs again and finds by itself that nothing is left to do. */
  readonly stays: boolean
  /** Answers how many rows it dealt with, where that says something. */
  readonly run: (work: Work) => Promise<number | null>
}

/** The night in order. A step may read what earlier ones left in the stores. */
export const steps: readonly Step[] = [
  {
    id: 'export',
    title: { zh: '导出昨日预警与触达', en: 'export warnings and contacts' },
    stays: false,
    run: exportStep,
  },
  { id: 'ingest', title: { zh: '装载数据', en: 'load feeds' }, stays: false, run: ingestStep },
  { id: 'check', title: { zh: '检查数据', en: 'check feeds' }, stays: false, run: checkStep },
  { id: 'factors', title: { zh: '计算因子', en: 'compute factors' }, stays: true, run: factorsStep },
  { id: 'quality', title: { zh: '检查因子', en: 'check factors' }, stays: true, run: qualityStep },
  { id: 'restate', title: { zh: '重述昨日', en: 'restate yesterday' }, stays: true, run: restateStep },
  {
    id: 'segments',
    title: { zh: '划分客群、打标签', en: 'place and tag customers' },
    stays: true,
    run: segmentsStep,
  },
  {
    id: 'managers',
    title: { zh: '分配客户经理', en: 'assign account managers' },
    stays: true,
    run: managersStep,
  },
  { id: 'warnings', title: { zh: '发出预警', en: 'raise warnings' }, stays: true, run: warningsStep },
  {
    id: 'lists',
    title: { zh: '建议、分配、任务清单', en: 'propose, allocate, make work lists' },
    stays: true,
    run: listsStep,
  },
]
