/** What the simulated carrier sells. Money in fen, data in KiB. */

export interface Plan {
  readonly id: string
  readonly name: string
  readonly monthlyFee: number
  readonly voiceMin: number
  readonly smsCount: number
  readonly dataKib: number
  readonly onSale: boolean
  readonly brand: string
}

const gib = 1024 * 1024

/** In order of fee, so that a plan up or down is the neighbour. */
export const plans: readonly Plan[] = [
  {
    id: 'P008',
    name: '保号 8 元',
    monthlyFee: 800,
    voiceMin: 0,
    smsCount: 0,
    dataKib: gib / 8,
    onSale: true,
    brand: '畅听',
  },
  {
    id: 'P018',
    name: '畅听 18 元',
    monthlyFee: 1800,
    voiceMin: 50,
    smsCount: 50,
    dataKib: gib,
    onSale: true,
    brand: '畅听',
  },
  {
    id: 'P028',
    name: '校园 28 元',
    monthlyFee: 2800,
    voiceMin: 100,
    smsCount: 50,
    dataKib: 5 * gib,
    onSale: true,
    brand: '校园',
  },
  {
    id: 'P038',
    name: '畅享 38 元',
    monthlyFee: 3800,
    voiceMin: 150,
    smsCount: 50,
    dataKib: 8 * gib,
    onSale: true,
    brand: '畅享',
  },
  {
    id: 'P058',
    name: '畅享 58 元',
    monthlyFee: 5800,
    voiceMin: 200,
    smsCount: 100,
    dataKib: 15 * gib,
    onSale: true,
    brand: '畅享',
  },
  {
    id: 'P066',
    name: '老友 66 元',
    monthlyFee: 6600,
    voiceMin: 500,
    smsCount: 200,
    dataKib: 3 * gib,
    onSale: false,
    brand: '畅听',
  },
  {
    id: 'P088',
    name: '畅享 88 元',
    monthlyFee: 8800,
    voiceMin: 350,
    smsCount: 100,
    dataKib: 30 * gib,
    onSale: true,
    brand: '畅享',
  },
  {
    id: 'P128',
    name: '商务 128 元',
    monthlyFee: 12_800,
    voiceMin: 600,
    smsCount: 200,
    dataKib: 40 * gib,
    onSale: true,
    brand: '商务',
  },
  {
    id: 'P188',
    name: '商务 188 元',
    monthlyFee: 18_800,
    voiceMin: 1000,
    smsCount: 300,
    dataKib: 60 * gib,
    onSale: true,
    brand: '商务',
  },
  {
    id: 'P288',
    name: '尊享 288 元',
    monthlyFee: 28_800,
    voiceMin: 2000,
    smsCount: 500,
    dataKib: 100 * gib,
    onSale: true,
    brand: '商务',
  },
]

export interface Product {
  readonly id: string
  readonly name: string
  readonly kind: 'value_added' | 'data_pack' | 'voice_pack'
  readonly monthlyFee: number
}

export const products: readonly Product[] = [
  { id: 'V01', name: '来电显示', kind: 'value_added', monthlyFee: 500 },
  { id: 'V02', name: '彩铃', kind: 'value_added', monthlyFee: 500 },
  { id: 'V03', name: '视频会员', kind: 'value_added', monthlyFee: 1500 },
  { id: 'V04', name: '音乐会员', kind: 'value_added', monthlyFee: 800 },
  { id: 'V05', name: '阅读包', kind: 'value_added', monthlyFee: 600 },
  { id: 'D01', name: '1GB 流量包', kind: 'data_pack', monthlyFee: 1000 },
  { id: 'D02', name: '5GB 流量包', kind: 'data_pack', monthlyFee: 3000 },
  { id: 'D03', name: '夜间流量包', kind: 'data_pack', monthlyFee: 900 },
  { id: 'T01', name: '100 分钟语音包', kind: 'voice_pack', monthlyFee: 1000 },
  { id: 'T02', name: '国内长途包', kind: 'voice_pack', monthlyFee: 600 },
]

export interface Handset {
  readonly brand: string
  readonly model: string
  readonly dualSim: boolean
  readonly generation: number
  readonly price: number
}

/** Names made up for the simulation. */
export const handsets: readonly Handset[] = [
  { brand: '青禾', model: 'QH-1', dualSim: false, generation: 4, price: 99_900 },
  { brand: '青禾', model: 'QH-5', dualSim: true, generation: 5, price: 299_900 },
  { brand: '云帆', model: 'YF-20', dualSim: true, generation: 4, price: 129_900 },
  { brand: '云帆', model: 'YF-30', dualSim: true, generation: 5, price: 249_900 },
  { brand: '北辰', model: 'BC-X', dualSim: false, generation: 5, price: 599_900 },
  { brand: '北辰', model: 'BC-S', dualSim: true, generation: 5, price: 459_900 },
  { brand: '老伴', model: 'LB-2', dualSim: false, generation: 2, price: 19_900 },
  { brand: '长河', model: 'CH-9', dualSim: true, generation: 4, price: 149_900 },
]

export const surnames = '王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧'
export const givenNames = '伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰建国志文博雨欣子涵宇轩思源'
