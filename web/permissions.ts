/** Pages in the order of the menu, with the permission (or any of those) that opens each. The server decides; the menu only follows it. */
const pages = {
  tasks: 'task.look',
  subscribers: 'subscriber.look',
  warnings: 'warning.look',
  segments: 'segment.look',
  tags: 'tag.look',
  care: 'care.look',
  nights: 'night.look',
  lists: 'list.look',
  rules: 'rule.look',
  campaigns: 'campaign.look',
  factors: 'factor.look',
  effects: 'effect.look',
  outbox: 'outbox.look',
  feeds: 'feed.look',
  exports: 'export.ask',
  approvals: ['approval.decide', 'export.ask', 'rule.change'],
  audit: 'audit.look',
  organisation: 'staff.look',
  sessions: 'session.end',
  tokens: 'token.change',
} as const
export type MenuPage = keyof typeof pages

/** What someone with these permissions finds in the menu; the first is where they begin. */
export function pagesFor(permissions: readonly string[]): readonly MenuPage[] {
  const all = Object.keys(pages) as MenuPage[]
  return all.filter(page => [pages[page]].flat().some(needed => permissions.includes(needed)))
}
