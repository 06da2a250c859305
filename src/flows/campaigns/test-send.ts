import { campaignById, sourceOf } from '#campaigns'
import { attemptStates, type Channel, outboxChannel, sendTest } from '#contact'
import { audit, fileReader, organisationFaults, shownTo, staffWithin } from '#governance'
import { err, everybody, ok, type Result } from '#kernel'
import { smsOf } from '#policy'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import { campaignNoSms } from '../faults.ts'
import { rowId } from '../row-id.ts'

export interface TestWanted {
  /** The login of a colleague within the asker's branch; whoever asks when left out. */
  readonly to?: string | undefined
}

/**
 * Sends a campaign's message to a member of staff, word for word as a subscriber would get it: no message has more in it than
 * its offer fills. Of nobody's contacts, budget or limits. Faults campaign.unknown, .no-sms, staff.unknown, staff.no-phone,
 * test-send.limit, channel.*.
 */
export async function testSend(
  application: Application,
  asker: Asker,
  id: string,
  { to }: TestWanted,
  channel: Channel = outboxChannel(application.desk.db),
) {
  const { desk, clock, catalogue } = application
  const found = await campaignById(desk.db, asker.scope, rowId(id))
  if (!found.ok) return found
  const { plan } = found.value
  const known = catalogue.offers.get(plan.offer)
  const offer = known && (plan.smsText === undefined ? known : { ...known, smsText: plan.smsText })
  const text = offer === undefined || !plan.channels.includes('sms') ? undefined : smsOf(offer, 'zh')
  if (text === undefined) return err(campaignNoSms())
  const receiver = await receiverOf(application, asker, to)
  if (!receiver.ok) return receiver
  const subject = sourceOf(found.value)
  const { id: receiverId, name, phone } = receiver.value
  const sent = await sendTest(
    desk.db,
    { senderId: asker.staff.id, receiverId, to: phone, text, subject },
    {
      channel,
      clock,
      also: (trx, message) =>
        audit(trx, {
          at: clock.now(),
          staffId: asker.staff.id,
          act: 'campaign.test-send',
          subject,
          detail: { to: receiverId, message },
          from: asker.from,
        }),
    },
  )
  if (!sent.ok) return sent
  const { state } = sent.value
  return ok({
    to: { id: receiverId, name },
    number: shownTo(fileReader(false), phone, 'number') ?? '',
    text,
    state: { code: state, title: attemptStates[state] },
  })
}

interface Receiver {
  readonly id: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly phone: string
}

async function receiverOf(
  { desk }: Application,
  { staff, scope }: Asker,
  to: string | undefined,
): Promise<Result<Receiver>> {
  const login = (to ?? staff.login).trim().toLowerCase()
  // Oneself is out of one's own scope where that is only one's customers.
  const colleagues = await staffWithin(desk.db, login === staff.login ? everybody : scope)
  const one = colleagues.find(c => c.login === login && c.isActive)
  if (one === undefined) return err(organisationFaults.staffNowhere())
  const { id, name, phone } = one
  return phone === null ? err(organisationFaults.staffWithoutPhone(login)) : ok({ id, name, phone })
}
