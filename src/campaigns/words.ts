export interface Words {
  readonly zh: string
  readonly en: string
}
