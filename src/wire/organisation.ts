import Type from 'typebox'
import { coded, count, day, fault, list, nullable, words } from './words.ts'

const id = Type.String({ minLength: 1, maxLength: 80 })
const name = Type.Object({
  zh: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
  en: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
})

/** The branch of whoever asks, parents before children, with how many work and belong in each unit itself. */
export const organisation = Type.Object({
  day,
  units: list(
    Type.Object({
      id: Type.String(),
      parentId: nullable(Type.String()),
      level: coded,
      name: words,
      staff: count,
      subscribers: count,
    }),
  ),
  levels: list(coded),
})

export const unitBody = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 40 }),
  parentId: nullable(id),
  level: Type.String({ maxLength: 20 }),
  name,
})

export const staffQuery = Type.Object({ unit: Type.Optional(id) })
export const staffList = Type.Object({
  rows: list(
    Type.Object({
      id: Type.String(),
      login: Type.String(),
      name: words,
      roles: list(coded),
      unit: Type.Object({ id: Type.String(), name: words }),
      isActive: Type.Boolean(),
      valueClasses: list(Type.String()),
      subscribersMax: count,
      /** Masked; null: none is known. */
      phone: nullable(Type.String()),
      /** Since when they have had this unit and these roles; null: from the beginning. */
      since: nullable(day),
    }),
  ),
})

const roleCodes = list(Type.String({ minLength: 1, maxLength: 40 }))
const forManagers = {
  valueClasses: Type.Optional(list(Type.Enum(['high', 'middle', 'low']))),
  subscribersMax: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
}
/** Where messages that are tried out go; '' for none. */
const phone = Type.String({ maxLength: 40 })
export const newStaff = Type.Object({
  login: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._@-]{0,59}$' }),
  name,
  roles: roleCodes,
  unit: id,
  ...forManagers,
  phone: Type.Optional(phone),
})
export const staffChange = Type.Object({
  name: Type.Optional(name),
  roles: Type.Optional(roleCodes),
  nodeId: Type.Optional(id),
  isActive: Type.Optional(Type.Boolean()),
  ...forManagers,
  phone: Type.Optional(phone),
})

/** The password is answered once and kept nowhere. */
export const madeStaff = Type.Object({ login: Type.String(), password: Type.String() })

const reach = Type.Enum(['own', 'branch'])
export const roles = Type.Object({
  roles: list(
    Type.Object({
      code: Type.String(),
      title: words,
      reach,
      permissions: list(Type.String()),
      isBuiltIn: Type.Boolean(),
      staff: count,
    }),
  ),
  permissions: list(coded),
})
export const roleBody = Type.Object({
  code: Type.String({ minLength: 1, maxLength: 40 }),
  title: name,
  reach,
  permissions: list(Type.String({ maxLength: 80 })),
})

const standIn = { forId: id, byId: id, from: day }
export const standIns = Type.Object({
  day,
  rows: list(
    Type.Object({
      forId: Type.String(),
      byId: Type.String(),
      forName: words,
      byName: words,
      from: day,
      to: day,
    }),
  ),
})
export const standInBody = Type.Object({ ...standIn, to: day })
export const standInEnd = Type.Object(standIn)

/** `apply` false tells what would change; true does all of it, or nothing when a line is wrong. */
export const importQuery = Type.Object({
  what: Type.Enum(['units', 'staff']),
  apply: Type.Optional(Type.Boolean()),
})
export const imported = Type.Object({
  faulty: list(Type.Object({ line: count, column: nullable(Type.String()), fault })),
  changes: list(
    Type.Object({
      id: Type.String(),
      kind: Type.Enum(['new', 'changed']),
      fields: list(Type.Object({ field: Type.String(), before: Type.String(), after: Type.String() })),
    }),
  ),
  unchanged: count,
  applied: Type.Boolean(),
  passwords: list(madeStaff),
})
