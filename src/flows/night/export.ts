import path from 'node:path'
import { contactsMade } from '#contact'
import { type Fact, type LoadTarget, loadRows } from '#ingest'
import { addDays, FaultError } from '#kernel'
import { exportLives, exportWarnings } from '#warnings'
import type { Application } from '../application.ts'
import type { Work } from './work.ts'

/** What the desk knows of yesterday becomes internal feeds, loaded like any other: warnings raised, how they stand, and contacts made. */
export async function exportStep({ application, day }: Work): Promise<number> {
  const { desk, zone } = application
  const yesterday = addDays(day, -1)
  const span = { from: yesterday, to: day }
  const warnings = await exportWarnings(desk.db, yesterday)
  const lives = await exportLives(desk.db, yesterday)
  const contacts = await contactsMade(desk.db, span)
  const facts: readonly [feed: 'warning' | 'warning_life' | 'contact', facts: readonly Fact[]][] = [
    ['warning', warnings.map(w => ({ ...w }))],
    ['warning_life', lives.map(life => ({ ...life }))],
    ['contact', contacts.map(contactFact)],
  ]
  const target = await loadTarget(application)
  for (const [feed, rows] of facts) {
    const outcome = await loadRows(target, feed, span, rows, zone)
    if (outcome.state === 'refused') throw new FaultError(outcome.fault)
  }
  return warnings.length + lives.length + contacts.length
}

/** A day's facts of the desk are few: they are loaded here. */
async function loadTarget(application: Application): Promise<LoadTarget> {
  const { shelf, dataFolder } = application
  const workFolder = path.join(dataFolder, 'warehouse', 'work')
  return { warehouse: await application.warehouse(), shelf, workFolder, environment: process.env }
}

function contactFact(contact: Awaited<ReturnType<typeof contactsMade>>[number]): Fact {
  const { contactId, subscriberId, at, channel, reached, outcome } = contact
  return {
    contact_id: contactId,
    subscriber_id: subscriberId,
    at: at.toISOString(),
    channel,
    reached,
    outcome,
  }
}
