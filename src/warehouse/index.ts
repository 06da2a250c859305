export type { Column, ColumnBatch } from './columns.ts'
export {
  type Cell,
  openWarehouse,
  type Row,
  type Warehouse,
  type WarehouseLimits,
  type WarehouseOptions,
} from './engine.ts'
export { fileDigest, type ParquetFile, sweepParts, writeAppended, writeParquet, writeWhole } from './files.ts'
export { type ColumnBlock, columnBlocks } from './footers.ts'
export { interruptible } from './interrupt.ts'
export {
  besidePiece,
  type Coverage,
  commitPiece,
  coverage,
  dropPieces,
  type Piece,
  pieceFiles,
  pieceName,
  pieces,
  type Shelf,
  uncovered,
} from './manifest.ts'
export { withinScope } from './scope.ts'
export { nextVersion, shelve } from './shelve.ts'
export { foreignFile, type SourceColumn } from './sources.ts'
export { sweepSpill } from './spill.ts'
export { dateOf, ident, join, parquet, raw, Sql, type SqlValue, sql } from './sql.ts'
