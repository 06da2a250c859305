export interface Words {
  readonly zh: string
  readonly en: string
}

export type ContactChannel = 'call' | 'sms'
