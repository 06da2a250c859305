import { versionsIn } from '#desk'

/** The versions of tags and maps that this installation keeps itself. */
export const segmentVersions = {
  tags: versionsIn('segment_tag_version', 'tag_id'),
  maps: versionsIn('segment_map_version', 'map_id'),
} as const
