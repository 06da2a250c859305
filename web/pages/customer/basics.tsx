import type { Subscriber } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatFen } from '../../ui/format.ts'
import { type Fact, Facts } from '../../ui/page.tsx'

type Basic = Subscriber['basics']

/** Who they are and what they have from us. What is not known is left out. */
export function Basics({ subscriber }: { readonly subscriber: Subscriber }) {
  const { say } = useSay()
  return (
    <section aria-label={say.customer.basics}>
      <Facts rows={[...useLineFacts(subscriber), ...usePersonFacts(subscriber.basics)]} />
    </section>
  )
}

function useLineFacts({ basics, balanceFen }: Subscriber): readonly Fact[] {
  const { say, pick } = useSay()
  const { plan } = basics
  const isActive = basics.status.code === 'active'
  return [
    [say.customer.number, basics.number],
    [say.customer.name, basics.customerName],
    [
      say.customer.status,
      <span key="status" className="row">
        <Badge tone={isActive ? 'good' : 'warn'}>{pick(basics.status.title)}</Badge>
        <span className="faint small">{say.customer.since({ day: basics.statusSince })}</span>
      </span>,
    ],
    [say.customer.balance, balanceFen === null ? null : formatFen(balanceFen)],
    [say.customer.plan, plan?.name],
    [say.customer.monthlyFee, plan === null ? null : formatFen(plan.monthlyFeeFen)],
    [say.customer.payment, pick(basics.payment.title)],
    [say.customer.joined, basics.joinedOn],
    [say.customer.months, say.customer.monthsOn({ months: basics.monthsOnNetwork })],
    [say.customer.device, useDeviceText(basics.device)],
    [say.customer.forward, useForwardText(basics)],
  ]
}

function usePersonFacts(basics: Basic): readonly Fact[] {
  const { say, pick } = useSay()
  return [
    [
      say.customer.optedOut,
      basics.optedOut === true ? (
        <Badge key="opted-out" tone="bad">
          {say.yes}
        </Badge>
      ) : null,
    ],
    [say.customer.customerKind, basics.customerKind === null ? null : pick(basics.customerKind.title)],
    [say.customer.document, basics.documentId],
    [say.customer.birthday, basics.birthday],
    [say.customer.sex, basics.sex === null ? null : pick(basics.sex.title)],
    [say.customer.brand, basics.brand],
    [say.customer.unit, basics.unit === null ? null : pick(basics.unit)],
    [say.customer.manager, basics.managerName === null ? null : pick(basics.managerName)],
    [say.customer.agent, basics.agentId],
  ]
}

function useDeviceText(device: Basic['device']): string | null {
  const { say } = useSay()
  if (device === null) return null
  const generation = device.generation === null ? null : `${device.generation}G`
  const dual = device.dualSim === true ? say.customer.dualSim : null
  return [device.brand, device.model, generation, dual].filter(part => part !== null).join(' ')
}

function useForwardText(basics: Basic): string | null {
  const { say } = useSay()
  if (basics.forwardTo === null) return null
  return basics.forwardOffNet === true ? `${basics.forwardTo}（${say.customer.offNet}）` : basics.forwardTo
}
