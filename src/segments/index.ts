export { countCells, countMoves, type MapCell, type MapCount, type Move } from './cube.ts'
export {
  countTags,
  makeSegments,
  type SegmentDay,
  type SegmentsRun,
  segmentDays,
  segmentMorning,
} from './morning.ts'
export { type Axis, axes, type SegmentState, type Standing, type TagDay } from './noted.ts'
export { factorsApart, liftOf, tagsTogether } from './profile.ts'
export { classOf } from './scale.ts'
export { readSegmentMaps, type SegmentMap } from './segment-map.ts'
export { bindTag, readTags, type Tag, tagColumn, tagGroups, tagUses } from './tag.ts'
export { bindTree, pathTo, stageOf } from './tree.ts'
