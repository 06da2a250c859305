import path from 'node:path'
import type { Fault } from '#kernel'
import { readEntriesAs } from '#rules'
import {
  definedTwice,
  twoAnswers,
  unknownOffer,
  unknownPlaceholder,
  unknownScript,
  wrongChannel,
} from './faults.ts'
import { type Offer, offerShape, unknownPlaceholders } from './offer.ts'
import { type Policy, type PolicyRow, policyShape } from './policy.ts'
import { type Script, scriptShape } from './script.ts'

/** Offers, scripts and policies of the catalogue: those that are right, and the faults of those that are not. */
export interface PolicyCatalogue {
  readonly offers: ReadonlyMap<string, Offer>
  readonly scripts: ReadonlyMap<string, Script>
  readonly policies: readonly Policy[]
  readonly faults: readonly Fault[]
}

/** Reads `offers/`, `scripts/` and `policies/` under the catalogue's folder. All faults at once, with file and line. */
export async function readPolicies(catalogueFolder: string): Promise<PolicyCatalogue> {
  const [offers, scripts, policies] = await Promise.all([
    readEntriesAs(path.join(catalogueFolder, 'offers'), offerShape),
    readEntriesAs(path.join(catalogueFolder, 'scripts'), scriptShape),
    readEntriesAs(path.join(catalogueFolder, 'policies'), policyShape),
  ])
  const offerById = new Map(offers.entries.map(e => [e.value.id, e.value]))
  const scriptById = new Map(scripts.entries.map(e => [e.value.id, e.value]))
  const faults = [
    ...offers.faults,
    ...scripts.faults,
    ...policies.faults,
    ...repeated('offer', offers.entries),
    ...repeated('script', scripts.entries),
    ...offers.entries.flatMap(e => offerFaults(e.value).map(e.place)),
    ...scripts.entries.flatMap(e => textFaults(e.value.text, 'text').map(e.place)),
    ...policies.entries.flatMap(e => policyFaults(e.value, offerById, scriptById).map(e.place)),
  ]
  return { offers: offerById, scripts: scriptById, policies: policies.entries.map(e => e.value), faults }
}

function repeated(
  kind: string,
  entries: readonly { value: { id: string }; place(fault: Fault): Fault }[],
): Fault[] {
  const seen = new Set<string>()
  return entries.flatMap(({ value, place }) => {
    if (seen.has(value.id)) return [place(definedTwice(kind, value.id))]
    seen.add(value.id)
    return []
  })
}

function offerFaults(offer: Offer): Fault[] {
  const texts = offer.smsText === undefined ? [] : textFaults(offer.smsText, 'smsText')
  const lacksText = offer.channels.includes('sms') && offer.smsText === undefined
  return lacksText ? [...texts, wrongChannel(offer.id, 'sms', 'channels')] : texts
}

function textFaults(text: { readonly zh: string; readonly en: string }, path: string): Fault[] {
  return (['zh', 'en'] as const).flatMap(lang =>
    unknownPlaceholders(text[lang]).map(name => unknownPlaceholder(name, `${path}/${lang}`)),
  )
}

function policyFaults(
  policy: Policy,
  offers: ReadonlyMap<string, Offer>,
  scripts: ReadonlyMap<string, Script>,
): Fault[] {
  const taken = new Set<string>()
  return policy.rows.flatMap((row, i) => {
    const path = `rows/${i}`
    const twice = row.valueClasses.flatMap(valueClass => {
      const key = `${row.action} ${valueClass}`
      if (taken.has(key)) return [twoAnswers(row.action, valueClass, path)]
      taken.add(key)
      return []
    })
    return [...twice, ...rowFaults(row, offers, scripts, path)]
  })
}

function rowFaults(
  row: PolicyRow,
  offers: ReadonlyMap<string, Offer>,
  scripts: ReadonlyMap<string, Script>,
  path: string,
): Fault[] {
  const faults: Fault[] = []
  const offer = offers.get(row.offer)
  if (offer === undefined) faults.push({ ...unknownOffer(row.offer), at: { path: `${path}/offer` } })
  else if (!offer.channels.includes(row.channel))
    faults.push(wrongChannel(row.offer, row.channel, `${path}/channel`))
  const isCall = row.channel === 'call'
  if (row.script === undefined ? isCall : !scripts.has(row.script)) {
    faults.push({ ...unknownScript(row.script ?? ''), at: { path: `${path}/script` } })
  }
  return faults
}
