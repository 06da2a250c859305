import type { KeptVersion } from '#desk'
import { type SegmentMap, segmentMaps, segmentVersions, type Tag, tagText } from '#segments'
import type { Application } from '../application.ts'

/**
 * Every tag there is or was, with its life: what is given by night is the catalogue's version, or the active one of this
 * installation where that is newer. One that was retired here stays so until a newer one comes.
 */
export async function tagsKnown({ desk, catalogue }: Application): Promise<readonly Tag[]> {
  const kept = Map.groupBy(await segmentVersions.tags.list(desk.db), version => version.id)
  const shipped = new Map(catalogue.tags.map(tag => [tag.id, tag]))
  const ids = [...new Set([...shipped.keys(), ...kept.keys()])]
  return ids.flatMap((id): readonly Tag[] => {
    const versions = kept.get(id) ?? []
    const file = shipped.get(id)
    const active = versions.find(v => v.state === 'active' && v.version > (file?.version ?? 0))
    if (active !== undefined) return tagOf(active, catalogue)
    if (file !== undefined)
      return [isRetired(versions, file.version) ? { ...file, state: 'retired' as const } : file]
    const [newest] = versions
    return newest === undefined ? [] : tagOf(newest, catalogue)
  })
}

/** A version that is kept, with its life; none when a factor it asks about is gone. */
export function tagOf(kept: KeptVersion, catalogue: Application['catalogue']): readonly Tag[] {
  const { tag } = tagText.from(kept.content, catalogue.factors.byId)
  if (tag === undefined) return []
  const state = kept.state === 'waiting' ? 'draft' : kept.state
  return [{ ...tag, state }]
}

/** The map by which a night places everybody: the catalogue's, or the active one of this installation where that is newer. */
export async function mapInForce({ desk, catalogue }: Application): Promise<SegmentMap> {
  const { segmentMap: file, factors } = catalogue
  const versions = await segmentVersions.maps.list(desk.db, file.id)
  const active = versions.find(v => v.state === 'active' && v.version > file.version)
  if (active === undefined) return file
  return segmentMaps.from(active.content, factors.byId).map ?? file
}

/** The version that a draft gets: the draft's there is, otherwise one more than any. */
export function nextVersionOf(versions: readonly KeptVersion[], shipped: number): number {
  const open = versions.find(v => v.state === 'draft' || v.state === 'waiting')
  return open?.version ?? 1 + Math.max(shipped, ...versions.map(v => v.version))
}

function isRetired(versions: readonly KeptVersion[], version: number): boolean {
  return versions.some(v => v.version === version && v.state === 'retired')
}
