import type { ThemeConfig } from 'antd'

/** Quiet and dense. Colours are those with a contrast of at least 4.5 to 1 on what they stand on. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0b4f9e',
    colorLink: '#0b4f9e',
    colorInfo: '#0b4f9e',
    colorError: '#b3261e',
    colorTextSecondary: '#4a5261',
    colorTextTertiary: '#5b6372',
    colorTextDescription: '#5b6372',
    colorTextPlaceholder: '#666e7c',
    colorBgLayout: '#f3f5f8',
    borderRadius: 6,
    fontSize: 14,
    fontFamily:
      "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
  },
  components: {
    Layout: { headerBg: '#ffffff', siderBg: '#ffffff', headerHeight: 52, headerPadding: '0 20px' },
    Table: { headerBg: '#f7f8fa', cellPaddingBlockSM: 7 },
    Card: { headerFontSize: 15 },
  },
}

/** For charts, which take no theme: the same ink and four hues that are told apart without colour vision. */
export const ink = { text: '#2b3140', faint: '#5b6372', line: '#d5dae2', zero: '#8b93a3' }
export const hues = ['#0b4f9e', '#c2571a', '#1d7a5f', '#7a3e9d']
