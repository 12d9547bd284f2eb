import type { Key, Marker, State, Upload, Version } from 's3-reference-store/rules'
import type { KeyState } from '../fixtures/objects'

/** What was looked up about a request before it is sent. */
export interface Seen {
  readonly now: number
  readonly keepsVersions: boolean
  /** What the key holds, and the version of it that is addressed. */
  readonly key: KeyState
  readonly versionId?: string
  /** Of a copy: what its source holds. */
  readonly source?: KeyState
  readonly upload?: Upload
}

/** What was seen, as the rules take it. */
export function stateOf({ now, keepsVersions, key, versionId, source, upload }: Seen): State {
  return {
    now: new Date(now),
    bucket: { versioning: keepsVersions ? 'enabled' : 'never', directory: false },
    key: keyOf(key, versionId),
    ...(source && { source: keyOf(source) }),
    ...(upload && { upload }),
  }
}

function keyOf(state: KeyState, versionId?: string): Key {
  const { current, versions } = state
  const latest = versions.find((version) => version.current)
  const addressed = versions.find(({ id }) => versionId !== undefined && id === versionId)
  return {
    ...(typeof current === 'object' && {
      current: versionOf({ ...current, id: latest?.id }, Buffer.byteLength(current.body)),
    }),
    ...(current === 'delete marker' && { deleteMarker: markerOf(latest ?? {}) }),
    ...(addressed && { addressed: addressed.marker ? markerOf(addressed) : versionOf(addressed, 0) }),
  }
}

interface Listed {
  readonly id?: string
  readonly ETag?: string
  readonly modified?: number
}

function versionOf({ id, ETag = '', modified = 0 }: Listed, size: number): Version {
  const [, parts] = /-(\d+)"$/.exec(ETag) ?? []
  return {
    etag: ETag,
    lastModified: new Date(modified),
    size,
    ...(id && id !== 'null' && { versionId: id }),
    ...(parts && { parts: Number(parts) }),
  }
}

function markerOf({ id = '', modified = 0 }: Listed): Marker {
  return { isDeleteMarker: true, versionId: id, lastModified: new Date(modified) }
}
