import type { CitySize } from './size.ts'

interface Node {
  readonly id: string
  readonly parent: string
  readonly level: 'province' | 'city' | 'county' | 'grid'
  readonly zh: string
  readonly en: string
}

const cityNames = [
  '临江',
  '云山',
  '安平',
  '青州',
  '永宁',
  '长河',
  '东湖',
  '南屏',
  '西岭',
  '北原',
  '凤台',
  '清溪',
  '石门',
  '新港',
]
const cityNamesEn = [
  'Linjiang',
  'Yunshan',
  'Anping',
  'Qingzhou',
  'Yongning',
  'Changhe',
  'Donghu',
  'Nanping',
  'Xiling',
  'Beiyuan',
  'Fengtai',
  'Qingxi',
  'Shimen',
  'Xingang',
]

/** The organisation as CSV: node, its parent, its level and its names; grids are what subscribers name. */
export function organisationCsv(size: CitySize): string {
  const line = (n: Node) => [n.id, n.parent, n.level, n.zh, n.en].join(',')
  return `${['node_id,parent_id,level,zh,en', ...nodesOf(size).map(line)].join('\n')}\n`
}

function nodesOf(size: CitySize): Node[] {
  const nodes: Node[] = [
    { id: 'province', parent: '', level: 'province', zh: '示范省', en: 'Model Province' },
  ]
  for (let c = 0; c < size.cities; c++) {
    const zh = cityNames[c] ?? `城市${c + 1}`
    const en = cityNamesEn[c] ?? `City ${c + 1}`
    nodes.push({ id: `c-${c + 1}`, parent: 'province', level: 'city', zh: `${zh}市`, en })
    for (let k = 0; k < size.countiesPerCity; k++) {
      const county = c * size.countiesPerCity + k + 1
      nodes.push({
        id: `k-${county}`,
        parent: `c-${c + 1}`,
        level: 'county',
        zh: `${zh}第${k + 1}县`,
        en: `${en} county ${k + 1}`,
      })
      for (let g = 1; g <= size.gridsPerCounty; g++) {
        const id = `g-${county}-${g}`
        nodes.push({
          id,
          parent: `k-${county}`,
          level: 'grid',
          zh: `${zh}${k + 1}县${g}格`,
          en: `${en} ${k + 1}, grid ${g}`,
        })
      }
    }
  }
  return nodes
}
