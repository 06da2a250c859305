import { readFileSync } from 'node:fs'
import path from 'node:path'
import { run, type Serve } from '#cli'
import { buildServer, consoleFolder, listen, readSettings } from '#http'

/** The only file that knows both the command line and the network. */
const serve: Serve = async (application, { host, port, mayMove, onBuild }) => {
  const server = await buildServer(application, {
    consoleFolder: await consoleFolder(onBuild),
    version: version(),
    settings: await readSettings(application.dataFolder, process.env),
    logs: true,
  })
  return { url: await listen(server, { host, port, mayMove }), close: () => server.close() }
}

function version(): string {
  const text = readFileSync(path.join(import.meta.dirname, '..', 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

process.exitCode = await run(process.argv.slice(2), process.env, serve)
