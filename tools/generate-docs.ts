import path from 'node:path'
import { generatedPages, stalePages, writePages } from './generated.ts'

const root = path.join(import.meta.dirname, '..')
const pages = await generatedPages(root)
const stale = stalePages(root, pages)
writePages(root, pages)
console.log(stale.length === 0 ? 'all pages were current' : `written: ${stale.join(', ')}`)
