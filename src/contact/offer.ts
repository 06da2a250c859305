import type { Channel, Handover, Message } from './channel.ts'

/** undefined: the channel broke off while it had the message. Whatever the error was, the message may have left. */
export async function offer(channel: Channel, message: Message): Promise<Handover | undefined> {
  try {
    return await channel.send(message)
  } catch {
    return undefined
  }
}
