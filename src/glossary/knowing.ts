import { noun, type Term, verb } from './term.ts'

/** What we know about subscribers and how we judge it. */
export const knowing = {
  feed: noun(
    'feed',
    '接口数据',
    { en: 'a kind of rows that the carrier delivers', zh: '运营商按约定交付的一类数据' },
    ['interface', 'source table'],
  ),
  delivery: noun(
    'delivery',
    '交付',
    { en: 'one file or query of a feed, for a span of days', zh: '某类接口数据在一段日子内的一次送达' },
    ['batch'],
    'deliveries',
  ),
  mapping: noun(
    'mapping',
    '映射',
    {
      en: "how a carrier's own files become the feeds of the contract",
      zh: '把运营商自有文件对应到接口约定的说明',
    },
    ['adapter'],
  ),
  check: noun(
    'check',
    '校验',
    {
      en: 'a question asked of what was delivered: pass, warn or hold',
      zh: '对交付数据提出的问题：通过、告警或拦截',
    },
    ['validation'],
  ),
  statistics: noun('statistics', '统计', {
    en: 'how the values of a factor lie on one morning: empty, distinct, quantiles',
    zh: '某个早晨一个因子的取值情况：空值、不同值、分位数',
  }),
  reconciliation: noun('reconciliation', '对账', {
    en: 'whether totals of factors agree with the rows they came from',
    zh: '因子合计与来源明细是否一致',
  }),
  restatement: noun('restatement', '重述', {
    en: 'how a past morning differs once late or corrected data are known',
    zh: '数据迟到或更正后，过去某个早晨有何不同',
  }),
  history: noun('history', '历史', {
    en: 'how one factor of one subscriber went from morning to morning',
    zh: '某用户某因子逐日的变化',
  }),
  vector: noun('vector', '因子向量', {
    en: 'all factors of one subscriber on one morning, found by one read',
    zh: '某用户某个早晨的全部因子，一次读出',
  }),
  verdict: noun('verdict', '结论', {
    en: 'what a check or an effect comes to',
    zh: '校验或效果评估得出的判断',
  }),
  quarantine: noun(
    'quarantine',
    '隔离区',
    { en: 'rows that were refused, with the reason', zh: '被拒收的数据行及其原因' },
    ['reject table'],
    'quarantine',
  ),
  asOf: noun(
    'as-of day',
    '数据日',
    {
      en: 'the morning a number is true for: data before it counts',
      zh: '数值对应的那个早晨：只计此前的数据',
    },
    ['dt', 'snapshot date'],
  ),
  night: noun(
    'night',
    '夜间任务',
    { en: 'the run that turns feeds into work lists', zh: '从接口数据到任务清单的整夜运行' },
    ['job', 'batch run'],
  ),
  fault: noun(
    'fault',
    '差错',
    {
      en: 'what could not be done and a person can act on: a code and a sentence',
      zh: '未能完成且可由人处理的事：代码加一句话',
    },
    ['error', 'exception'],
  ),
  step: noun('step', '步骤', { en: 'one part of a night', zh: '夜间任务的一个环节' }, ['stage']),
  factor: noun(
    'factor',
    '因子',
    { en: 'a number or fact computed about a subscriber on a day', zh: '某日为用户计算出的一项数值或事实' },
    ['feature', 'metric', '指标'],
  ),
  tag: noun(
    'tag',
    '标签',
    {
      en: 'one fact about a subscriber made by a rule, model or import',
      zh: '由规则、模型或导入给出的一项事实',
    },
    ['label'],
  ),
  segment: noun('segment', '客群', { en: 'a named set of subscribers', zh: '有名称的一组用户' }, ['group']),
  segmentMap: noun('map of customers', '客户分布', {
    en: 'where subscribers stand: value class × lifecycle stage × brand',
    zh: '用户所处的位置：价值×阶段×品牌',
  }),
  cell: noun('cell', '分布格', {
    en: 'one place on the map of customers',
    zh: '客户分布中的一格',
  }),
  axis: noun(
    'axis',
    '分布维度',
    { en: 'one of the three things the map is made of', zh: '客户分布的三个维度之一' },
    [],
    'axes',
  ),
  stage: noun('lifecycle stage', '生命周期阶段', {
    en: 'what a decision tree over status, spending and behaviour comes to',
    zh: '由状态、消费与行为的决策树得出的阶段',
  }),
  sunkPoint: noun('sunk point', '沉没点', {
    en: 'from here on a subscriber has most likely left without saying so',
    zh: '越过此点，用户多半已不辞而别',
  }),
  tree: noun('decision tree', '决策树', {
    en: 'questions asked one after the other, each answer leading on',
    zh: '逐个提问、按回答走向下一步的判定方法',
  }),
  cut: noun('cut', '分级起点', {
    en: 'the value from which a value class begins on a morning',
    zh: '某日一个价值分级从多少起',
  }),
  move: noun('move', '迁移', {
    en: 'from which cell to which between two mornings',
    zh: '两个早晨之间从哪一格到哪一格',
  }),
  occasion: noun('occasion', '关怀事项', {
    en: 'a day on which a customer deserves a word, and who is meant',
    zh: '该问候客户的日子，以及为谁',
  }),
  holiday: noun('holiday', '节日', {
    en: 'a day that many people keep, by the civil or the Chinese calendar',
    zh: '按公历或农历许多人过的日子',
  }),
  rule: noun('rule', '规则', { en: 'a condition over factors', zh: '对因子的条件' }, ['policy', 'filter']),
  condition: noun('condition', '条件', { en: 'what a rule asks of factors', zh: '规则对因子的要求' }, [
    'predicate',
  ]),
  parameter: noun(
    'parameter',
    '参数',
    { en: 'a threshold of a rule that its owner may turn', zh: '规则中可由负责人调整的阈值' },
    ['setting'],
  ),
  signal: noun(
    'signal',
    '信号',
    { en: 'a rule that fired for a subscriber, with the values', zh: '某用户命中的规则及其取值' },
    ['trigger', 'alert'],
  ),
  warning: noun(
    'warning',
    '预警',
    { en: 'raised for a subscriber by rules, scores or detectors', zh: '由规则、评分或监测对用户发出' },
    ['alarm', 'alert', '告警单'],
  ),
  warningPlan: noun('warning plan', '预警方案', {
    en: 'which signals are worth how many points for whom, and how often it is looked at',
    zh: '哪些信号对哪些用户各计几分，多久查看一次',
  }),
  level: noun('warning level', '预警级别', { en: 'high, medium, low or stable', zh: '高、中、低、平稳' }, [
    'severity',
    'grade',
  ]),
  model: noun('model', '模型', {
    en: 'how likely something is, learned from history',
    zh: '从历史学得的可能性',
  }),
  score: noun('score', '评分', { en: 'what a model gives a subscriber', zh: '模型给用户的分值' }),
  reason: noun(
    'reason',
    '原因',
    { en: 'why something came out as it did; always shown', zh: '结果的由来；必须展示' },
    ['cause'],
  ),
  leavingReason: noun(
    'reason for leaving',
    '离网原因',
    { en: 'what the customer says makes them leave', zh: '客户自述的离开原因' },
    ['churn reason'],
  ),
  effect: noun(
    'effect',
    '效果',
    { en: 'treated against kept aside, with its interval', zh: '触达组与对照组之差及其区间' },
    ['impact', 'lift rate'],
  ),
  uplift: noun('uplift', '增益', { en: 'the difference against the control group', zh: '相对对照组的差值' }, [
    'lift rate',
  ]),
  interval: noun('interval', '区间', {
    en: 'where the truth lies in 95 of 100 cases',
    zh: '百次中有 95 次包含真值的范围',
  }),
  controlGroup: noun(
    'control group',
    '对照组',
    { en: 'kept aside on purpose, by a hash and never by a die', zh: '按哈希特意保留、不予触达的用户' },
    ['holdout', 'placebo'],
  ),
  cohort: noun(
    'cohort',
    '观察群体',
    {
      en: 'who was decided for by a rule, frozen on that day, in two arms',
      zh: '某规则当日决策所涉及的用户，分组后即固定',
    },
    ['sample'],
  ),
  arm: noun('arm', '组别', { en: 'treated or control', zh: '处理组或对照组' }, ['variant']),
  success: noun(
    'success',
    '成功口径',
    { en: 'when acting counts as having worked, defined in data', zh: '何种结果算作成功，以数据定义' },
    ['measure', 'goal', 'conversion'],
    'successes',
  ),
  precision: noun(
    'precision',
    '命中率',
    { en: 'of those a rule selects, the share for whom it was right', zh: '规则选中的用户中判断正确的比例' },
    ['accuracy'],
    'precision',
  ),
  drift: noun('drift', '偏移', {
    en: 'that something is no longer distributed, or found, as it used to be',
    zh: '取值的分布或命中占比不再与平常一样',
  }),
  treated: noun('treated group', '触达组', { en: 'those we did contact', zh: '实际触达的用户' }, [
    'test group',
    '实验组',
  ]),
  evaluate: verb('evaluate', '评估', {
    en: 'compare what happened with those kept aside',
    zh: '与对照组比较实际结果',
  }),
} as const satisfies Readonly<Record<string, Term>>
