export interface Words {
  readonly zh: string
  readonly en: string
}

/** Any plain data, kept and shown as it came. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export interface Person {
  readonly id: string
  readonly name: Words
}
