export { countCells, countMoves, type MapCell, type MapCount, type Move } from './cube.ts'
export {
  countTags,
  makeSegments,
  placedBy,
  type SegmentDay,
  type SegmentsRun,
  segmentDays,
  segmentMorning,
} from './morning.ts'
export { type Axis, axes, type SegmentState, type Standing, type TagDay } from './noted.ts'
export { tagProfile } from './profile.ts'
export { type SegmentMap, segmentMaps } from './segment-map.ts'
export { bindTag, readTags, type Tag, tagColumn, tagGroups, tagText, tagUses } from './tag.ts'
export { type MemberFault, type TagFilling, tagMembers } from './tag-members.ts'
export { stageTree } from './tree.ts'
export { segmentVersions } from './versions.ts'
