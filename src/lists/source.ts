/** How tasks and decisions name a list where others name a rule. */
export function sourceOf(listId: number): string {
  return `list:${listId}`
}
