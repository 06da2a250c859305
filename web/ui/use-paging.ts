import type { TablePaginationConfig } from 'antd'
import { useSay } from '../say/use-say.ts'
import { formatCount } from './format.ts'

interface Paged {
  readonly page: number
  readonly pageSize: number
  readonly total: number
}

/** How a long list says where one is in it and how long it is; the server answers page by page. */
export function usePaging(): (reply: Paged, onPage?: (page: number) => void) => TablePaginationConfig {
  const { say } = useSay()
  return ({ page, pageSize, total }, onPage) => ({
    current: page,
    pageSize,
    total,
    showSizeChanger: false,
    showTotal: count => say.total({ count: formatCount(count) }),
    ...(onPage === undefined ? {} : { onChange: onPage }),
  })
}
