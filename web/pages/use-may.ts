import { useReply } from '../api.ts'

/** Whether the server would let this person do it: for what to show, never for what to allow. */
export function useMay(permission: string): boolean {
  return useReply('whoAmI').data?.permissions.includes(permission) ?? false
}
