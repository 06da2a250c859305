import { builtInRoles, type Permission, permissions, personalFields } from '#governance'
import { permissionFor } from '#http'
import { type RouteId, routes } from '#wire'

/** docs/permissions.md: who may do what, and what each route asks for, from the tables the server itself reads. */
export function permissionsMarkdown(): string {
  const codes = Object.keys(permissions) as Permission[]
  const head = ['permission', '权限', ...builtInRoles.map(role => role.title.en)]
  const row = (code: Permission) => [
    `\`${code}\` ${permissions[code].en}`,
    permissions[code].zh,
    ...builtInRoles.map(role => (role.permissions.includes(code) ? reachMark[role.reach] : '')),
  ]
  const routeRow = (id: RouteId) => {
    const needed = permissionFor[id]
    const asks = routes[id].open ? '(open)' : needed === null ? '(a session)' : `\`${needed}\``
    return [`\`${routes[id].method} ${routes[id].path}\``, asks]
  }
  return `# Permissions

*Generated from the table of permissions, the roles and the routes. Do not edit; run \`npm run docs\`.*

A member of staff has one or several roles at one unit. **own**: the permission reaches the customers that the account manager answers for.
**branch**: it reaches everybody below the unit. Empty: it is not granted. Roles of an installation's own (\`weiwan role set\`, or Organisation in the
console) combine any of these permissions with either reach. Whoever stands in for a colleague has the colleague's post beside their own for those days.
What is out of reach is answered as if it did not exist.

## Who may do what

${table([head, ...codes.map(row)])}

## What is masked

${table([
  ['field', '字段', 'in full with'],
  ...Object.values(personalFields).map(field => [field.en, field.zh, `\`${field.permission}\``]),
])}

## What each route asks for

${table([['route', 'permission'], ...(Object.keys(routes) as RouteId[]).map(routeRow)])}
`
}

const reachMark = { own: 'own', branch: 'branch' } as const

function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...body.map(line)].join('\n')
}
