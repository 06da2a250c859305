import { setPriority } from 'node:os'

/**
 * The process that does heavy work: it does what its parent tells it, behind whoever is waiting for a page. It ends with
 * its parent, however that ends: the channel between them closes. Everything else is loaded after that is settled.
 */
const niceness = 5

// Leaving in order would wait for the statement that is running. What is on the shelf is whole at any moment.
const leave = () => process.kill(process.pid, 'SIGKILL')
process.on('disconnect', leave)
if (!process.connected) leave()
// A terminal sends its signals to every process in it; what they mean for the work, the parent decides.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
// Before the engine makes its threads: they inherit it.
setPriority(niceness)
const { takeOrders } = await import('./orders.ts')
takeOrders()
