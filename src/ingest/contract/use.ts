import { column, type Feed, subscriberId } from './feed.ts'

/** What they do with it: usage events, daily usage, monthly summaries, devices and cells. */
export const use: readonly Feed[] = [
  {
    id: 'usage',
    kind: 'event',
    source: 'carrier',
    title: { en: 'Usage events', zh: '使用详单' },
    means: { en: 'each call, message and data session', zh: '每次通话、短信和上网' },
    key: ['subscriber_id', 'started_at', 'kind', 'counterparty'],
    dayColumn: 'started_at',
    columns: [
      subscriberId,
      column('started_at', 'moment', 'when it began', '开始时间'),
      column('kind', 'code', 'kind of use', '类型', {
        values: {
          voice: { en: 'call', zh: '通话' },
          sms: { en: 'message', zh: '短信' },
          data: { en: 'data session', zh: '上网' },
        },
      }),
      column('direction', 'code', 'made or received; missing for data', '方向（流量为空）', {
        nullable: true,
        values: { out: { en: 'made', zh: '主叫' }, in: { en: 'received', zh: '被叫' } },
      }),
      column('counterparty', 'text', 'the other number', '对端号码', { nullable: true }),
      column('counterparty_carrier', 'code', 'whose number that is', '对端归属运营商', {
        nullable: true,
        values: {
          own: { en: 'on-net', zh: '本网' },
          rival_a: { en: 'competitor A', zh: '竞争对手A' },
          rival_b: { en: 'competitor B', zh: '竞争对手B' },
          fixed: { en: 'fixed line', zh: '固话' },
          service: { en: 'service number', zh: '服务号码' },
          rival_service: { en: "a competitor's service line", zh: '他网服务热线' },
          foreign: { en: 'abroad', zh: '国际' },
        },
      }),
      column('reach', 'code', 'local or long-distance', '长市话', {
        nullable: true,
        values: { local: { en: 'local', zh: '本地' }, long: { en: 'long-distance', zh: '长途' } },
      }),
      column('roaming', 'code', 'where the subscriber was', '漫游类型', {
        values: {
          home: { en: 'at home', zh: '归属地' },
          domestic: { en: 'roaming in the country', zh: '国内漫游' },
          abroad: { en: 'roaming abroad', zh: '国际漫游' },
        },
      }),
      column('forwarded', 'flag', 'a call forwarded on', '是否呼转', { nullable: true }),
      column('duration_s', 'integer', 'length', '时长', { unit: 's', min: 0, max: 86_400, nullable: true }),
      column('volume_kib', 'integer', 'data moved', '流量', { unit: 'KiB', min: 0, nullable: true }),
      column('app_class', 'code', 'what a data session was for', '应用类别（仅上网）', {
        nullable: true,
        values: {
          video: { en: 'video', zh: '视频' },
          social: { en: 'messaging and social', zh: '社交' },
          game: { en: 'games', zh: '游戏' },
          shopping: { en: 'shopping and payment', zh: '购物支付' },
          news: { en: 'news and reading', zh: '资讯阅读' },
          other: { en: 'other', zh: '其他' },
        },
      }),
      column('generation', 'integer', 'network generation it was carried on', '承载网络制式（G）', {
        min: 2,
        max: 6,
        nullable: true,
      }),
      column('fee', 'money', 'charged', '费用', { min: 0 }),
      column('cell_id', 'id', 'serving cell', '基站小区', { nullable: true }),
      column('imei', 'id', 'device used', '终端IMEI', { nullable: true }),
    ],
  },
  {
    id: 'daily_usage',
    kind: 'day',
    source: 'carrier',
    title: { en: 'Daily usage', zh: '日使用汇总' },
    means: {
      en: 'one row per subscriber and day, for warehouses that keep no events',
      zh: '每用户每日一行，供没有详单的数仓使用',
    },
    key: ['subscriber_id', 'day'],
    dayColumn: 'day',
    columns: [
      subscriberId,
      column('day', 'date', 'the day', '日期'),
      column('voice_out_s', 'integer', 'call seconds made', '主叫时长', {
        unit: 's',
        min: 0,
        nullable: true,
      }),
      column('voice_in_s', 'integer', 'call seconds received', '被叫时长', {
        unit: 's',
        min: 0,
        nullable: true,
      }),
      column('voice_count', 'integer', 'calls', '通话次数', { unit: 'count', min: 0, nullable: true }),
      column('sms_count', 'integer', 'messages sent', '短信条数', { unit: 'count', min: 0, nullable: true }),
      column('data_kib', 'integer', 'data', '流量', { unit: 'KiB', min: 0, nullable: true }),
      column('fee', 'money', 'charged', '费用', { min: 0, nullable: true }),
    ],
  },
  {
    id: 'monthly_summary',
    kind: 'month',
    source: 'carrier',
    title: { en: 'Monthly summary', zh: '月汇总' },
    means: {
      en: 'one row per subscriber and closed month, as many warehouses deliver it',
      zh: '每用户每账期一行，多数数仓的交付形式',
    },
    key: ['subscriber_id', 'month'],
    columns: [
      subscriberId,
      column('month', 'date', 'first day of the month', '账期首日'),
      column('revenue', 'money', 'revenue (ARPU)', '出账收入', { nullable: true }),
      column('voice_on_net_min', 'number', 'minutes on-net', '网内通话分钟', {
        unit: 'min',
        min: 0,
        nullable: true,
      }),
      column('voice_off_net_min', 'number', 'minutes off-net', '网间通话分钟', {
        unit: 'min',
        min: 0,
        nullable: true,
      }),
      column('sms_count', 'integer', 'messages sent', '短信条数', { unit: 'count', min: 0, nullable: true }),
      column('data_kib', 'integer', 'data', '流量', { unit: 'KiB', min: 0, nullable: true }),
      column('recharge_count', 'integer', 'recharges', '充值次数', { unit: 'count', min: 0, nullable: true }),
      column('recharge_amount', 'money', 'recharged', '充值金额', { min: 0, nullable: true }),
      column('active_days', 'integer', 'days with any use', '活跃天数', {
        unit: 'day',
        min: 0,
        nullable: true,
      }),
    ],
  },
  {
    id: 'device',
    kind: 'state',
    source: 'carrier',
    title: { en: 'Devices', zh: '终端' },
    means: { en: 'the handset now used by each subscriber', zh: '用户当前使用的终端' },
    key: ['subscriber_id'],
    columns: [
      subscriberId,
      column('imei', 'id', 'device', '终端IMEI'),
      column('brand', 'text', 'maker', '终端品牌', { nullable: true }),
      column('model', 'text', 'model', '终端型号', { nullable: true }),
      column('dual_sim', 'flag', 'takes two SIM cards', '是否双卡', { nullable: true }),
      column('generation', 'integer', 'network generation', '网络制式（G）', {
        min: 2,
        max: 6,
        nullable: true,
      }),
      column('since', 'date', 'first seen with it', '首次使用日期'),
      column('price', 'money', 'list price of the model', '终端市场价', { min: 0, nullable: true }),
    ],
  },
  {
    id: 'cell',
    kind: 'state',
    source: 'carrier',
    title: { en: 'Cells', zh: '基站小区' },
    means: { en: 'cells and the grid they lie in', zh: '小区及其所在网格' },
    key: ['cell_id'],
    columns: [
      column('cell_id', 'id', 'key of the cell', '小区标识'),
      column('grid_id', 'id', 'grid', '网格', { nullable: true }),
      column('area', 'code', 'kind of area', '区域类型', {
        values: {
          urban: { en: 'urban', zh: '城区' },
          county: { en: 'county town', zh: '县城' },
          rural: { en: 'rural', zh: '农村' },
        },
      }),
    ],
  },
]
