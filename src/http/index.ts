export { consoleFolder } from './build-console.ts'
export { type Address, listen } from './listen.ts'
export { buildServer, type ServerOptions } from './server.ts'
export { cookieName, permissionFor } from './session.ts'
