import { column, type Feed, subscriberId } from './feed.ts'

/** What went well or wrong between us: service contacts, faults, installations, visits; and what Weiwan itself feeds back. */
export const care: readonly Feed[] = [
  {
    id: 'service_contact',
    kind: 'event',
    source: 'carrier',
    title: { en: 'Service contacts', zh: '服务接触' },
    means: { en: 'calls to the hotline, enquiries and complaints', zh: '10010 来电、咨询与投诉' },
    key: ['service_contact_id'],
    dayColumn: 'at',
    columns: [
      column('service_contact_id', 'id', 'key', '接触流水号'),
      subscriberId,
      column('at', 'moment', 'when', '时间'),
      column('kind', 'code', 'what for', '类型', {
        values: {
          enquiry: { en: 'enquiry', zh: '咨询' },
          complaint: { en: 'complaint', zh: '投诉' },
          request: { en: 'request', zh: '办理' },
          leaving: { en: 'asks about leaving', zh: '咨询销户/携转' },
        },
      }),
      column('topic', 'text', 'topic', '主题', { nullable: true }),
      column('channel', 'code', 'through which channel', '渠道', {
        nullable: true,
        values: {
          hotline: { en: 'hotline', zh: '热线' },
          shop: { en: 'own shop', zh: '营业厅' },
          app: { en: 'app', zh: '掌厅' },
          manager: { en: 'account manager', zh: '客户经理' },
        },
      }),
      column('closed_on', 'date', 'day it was settled', '办结日期', { nullable: true }),
      column('satisfied', 'flag', 'satisfied afterwards', '回访是否满意', { nullable: true }),
    ],
  },
  {
    id: 'fault',
    kind: 'state',
    source: 'carrier',
    title: { en: 'Faults', zh: '故障' },
    means: { en: 'service faults from report to repair', zh: '从申告到修复的故障单' },
    key: ['fault_id'],
    columns: [
      column('fault_id', 'id', 'key', '故障单号'),
      subscriberId,
      column('reported_on', 'date', 'day reported', '申告日期'),
      column('repaired_on', 'date', 'day repaired; missing while open', '修复日期；未修复为空', {
        nullable: true,
      }),
      column('kind', 'code', 'kind', '类型', {
        values: {
          no_service: { en: 'no service', zh: '无信号/不通' },
          slow: { en: 'slow data', zh: '网速慢' },
          drops: { en: 'calls drop', zh: '掉话' },
          broadband: { en: 'broadband', zh: '宽带故障' },
        },
      }),
    ],
  },
  {
    id: 'installation',
    kind: 'state',
    source: 'carrier',
    title: { en: 'Installations', zh: '装机' },
    means: { en: 'orders to install a service', zh: '装机工单' },
    key: ['installation_id'],
    columns: [
      column('installation_id', 'id', 'key', '装机单号'),
      subscriberId,
      column('ordered_on', 'date', 'day ordered', '受理日期'),
      column('promised_on', 'date', 'day promised', '承诺日期'),
      column('installed_on', 'date', 'day done; missing while open', '竣工日期；在途为空', {
        nullable: true,
      }),
      column('delayed_by_carrier', 'flag', 'late through our fault', '是否我方原因超时', { nullable: true }),
    ],
  },
  {
    id: 'visit',
    kind: 'event',
    source: 'carrier',
    title: { en: 'Visits', zh: '走访' },
    means: { en: 'visits and courtesy calls by staff', zh: '客户经理走访与关怀' },
    key: ['visit_id'],
    dayColumn: 'visited_on',
    columns: [
      column('visit_id', 'id', 'key', '走访单号'),
      subscriberId,
      column('visited_on', 'date', 'day', '日期'),
      column('way', 'code', 'how', '方式', {
        values: {
          phone: { en: 'phone', zh: '电话' },
          door: { en: 'at the door', zh: '上门' },
          letter: { en: 'letter', zh: '信函' },
        },
      }),
      column('reached', 'flag', 'the customer was reached', '是否接触成功'),
    ],
  },
  {
    id: 'score',
    kind: 'event',
    source: 'carrier',
    title: { en: 'Model scores', zh: '模型评分' },
    means: { en: 'scores computed by a model elsewhere', zh: '外部模型给出的评分' },
    key: ['subscriber_id', 'model', 'scored_on'],
    dayColumn: 'scored_on',
    columns: [
      subscriberId,
      column('model', 'text', 'which model', '模型'),
      column('scored_on', 'date', 'day of scoring', '评分日期'),
      column('score', 'number', 'probability of leaving', '流失概率', { unit: 'share', min: 0, max: 1 }),
    ],
  },
  {
    id: 'warning',
    kind: 'event',
    source: 'internal',
    title: { en: 'Warnings raised', zh: '预警记录' },
    means: { en: 'warnings Weiwan raised', zh: '本系统发出的预警' },
    key: ['subscriber_id', 'raised_on'],
    dayColumn: 'raised_on',
    columns: [
      subscriberId,
      column('raised_on', 'date', 'as-of day of the warning', '预警日'),
      column('level', 'code', 'level', '级别', {
        values: {
          high: { en: 'high', zh: '高' },
          medium: { en: 'medium', zh: '中' },
          low: { en: 'low', zh: '低' },
        },
      }),
    ],
  },
  {
    id: 'warning_life',
    kind: 'event',
    source: 'internal',
    title: { en: 'Life of warnings', zh: '预警进展' },
    means: {
      en: 'how each open warning stood on a day that its plan was looked at',
      zh: '预警方案每次查看时，各条预警所处的状态',
    },
    key: ['subscriber_id', 'looked_on', 'plan'],
    dayColumn: 'looked_on',
    columns: [
      subscriberId,
      column('looked_on', 'date', 'as-of day of the look', '查看日'),
      column('plan', 'text', 'warning plan', '预警方案'),
      column('state', 'code', 'state', '状态', {
        values: {
          raised: { en: 'to be worked', zh: '待处理' },
          worked: { en: 'spoken with', zh: '已沟通' },
          eased: { en: 'eased', zh: '缓和' },
          closed: { en: 'closed', zh: '已关闭' },
        },
      }),
      column('level', 'code', 'level of the last sign', '最近信号的级别', {
        values: {
          high: { en: 'high', zh: '高' },
          medium: { en: 'medium', zh: '中' },
          low: { en: 'low', zh: '低' },
        },
      }),
      column('level_change', 'integer', 'levels risen since the look before', '较上次上升的级数', {
        unit: 'count',
        min: -3,
        max: 3,
      }),
      column('opened_on', 'date', 'opened on', '起始日'),
      column('opened', 'flag', 'opened that day', '当日新发'),
      column('escalated', 'flag', 'escalated that day', '当日升级'),
      column('reopened', 'flag', 'back again that day', '当日再次出现'),
    ],
  },
  {
    id: 'contact',
    kind: 'event',
    source: 'internal',
    title: { en: 'Contacts made', zh: '触达记录' },
    means: { en: 'contacts Weiwan made and their outcome', zh: '本系统的触达及其结果' },
    key: ['contact_id'],
    dayColumn: 'at',
    columns: [
      column('contact_id', 'id', 'key', '触达流水号'),
      subscriberId,
      column('at', 'moment', 'when', '时间'),
      column('channel', 'text', 'channel', '渠道'),
      column('reached', 'flag', 'reached', '是否接触成功', { nullable: true }),
      column('outcome', 'text', 'outcome code', '结果', { nullable: true }),
    ],
  },
]
