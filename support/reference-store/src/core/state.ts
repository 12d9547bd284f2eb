import { randomBytes } from 'node:crypto'
import type { Key, Marker, Version } from '../rules/index.ts'
import type {
  NewObject,
  StoredBucket,
  StoredMarker,
  StoredObject,
  StoredPart,
  StoredUpload,
  StoredVersion,
} from './stored.ts'

/** A store's buckets and the operations that change them. Changes are synchronous so that each request is atomic. */
export interface State {
  readonly buckets: Map<string, StoredBucket>
  /** The total size of all stored objects and parts, in bytes. */
  bytes(): number
  /** Stores an object according to the bucket's versioning status. */
  write(bucket: StoredBucket, key: string, object: NewObject): StoredObject
  /** Deletes a key, not a specific version. Returns the delete marker, or undefined in an unversioned bucket. */
  remove(bucket: StoredBucket, key: string, now: Date): StoredMarker | undefined
  /** Deletes one version permanently. */
  removeVersion(bucket: StoredBucket, key: string, versionId: string): void
  rename(bucket: StoredBucket, from: string, to: string): void
  storePart(upload: StoredUpload, part: StoredPart): void
  /** Ends an upload and drops its parts. */
  endUpload(bucket: StoredBucket, upload: StoredUpload, state: 'completed' | 'aborted'): void
  removeBucket(bucket: StoredBucket): void
  reset(): void
  /**
   * Records deletes until `end` is called. This shows whether a key was deleted while the body of a write request was
   * being received (P23).
   */
  watchDeletes(): DeleteWatch
  /** Returns the keys in a bucket, sorted by their UTF-8 bytes. */
  sortedKeys(bucket: StoredBucket): readonly string[]
}

export interface DeleteWatch {
  has(bucket: string, key: string): boolean
  end(): void
}

/** The maximum number of ended uploads kept per bucket in order to recognize a repeated CompleteMultipartUpload. */
const ENDED = 1_000

export function newState(): State {
  const buckets = new Map<string, StoredBucket>()
  const watches = new Set<Set<string>>()
  const sorted = new WeakMap<StoredBucket, readonly string[]>()
  let bytes = 0

  const changed = (bucket: StoredBucket, key: string) => {
    for (const upload of bucket.uploads.values()) {
      if (upload.key === key && upload.state === 'in progress') upload.keyChangedSince = true
    }
  }
  const deleted = (bucket: StoredBucket, key: string) => {
    changed(bucket, key)
    for (const seen of watches) seen.add(`${bucket.name}/${key}`)
  }
  const forget = (version: StoredVersion | undefined) => {
    if (version?.kind === 'object') bytes -= version.size
  }
  const forgetParts = ({ parts }: StoredUpload) => {
    for (const { size } of parts.values()) bytes -= size
    parts.clear()
  }
  const dropKey = (bucket: StoredBucket, key: string) => {
    bucket.keys.delete(key)
    sorted.delete(bucket)
  }
  const add = (bucket: StoredBucket, key: string, version: StoredVersion) => {
    const versions = bucket.keys.get(key) ?? []
    if (versions.length === 0) {
      bucket.keys.set(key, versions)
      sorted.delete(bucket)
    }
    if (version.versionId === 'null') {
      const old = versions.findIndex(({ versionId }) => versionId === 'null')
      if (old >= 0) forget(versions.splice(old, 1)[0])
    }
    versions.unshift(version)
    changed(bucket, key)
  }
  const newId = ({ versioning }: StoredBucket) =>
    versioning === 'enabled' ? randomBytes(24).toString('base64url') : 'null'
  const removeVersion = (bucket: StoredBucket, key: string, versionId: string) => {
    const versions = bucket.keys.get(key)
    const index = versions?.findIndex((one) => one.versionId === versionId) ?? -1
    if (!versions || index < 0) return
    forget(versions.splice(index, 1)[0])
    if (versions.length === 0) dropKey(bucket, key)
    deleted(bucket, key)
  }

  return {
    buckets,
    bytes: () => bytes,
    write(bucket, key, object) {
      const version: StoredObject = { ...object, kind: 'object', versionId: newId(bucket) }
      bytes += version.size
      add(bucket, key, version)
      return version
    },
    remove(bucket, key, now) {
      if (bucket.versioning === 'never') {
        removeVersion(bucket, key, 'null')
        return undefined
      }
      const marker: StoredMarker = { kind: 'delete marker', versionId: newId(bucket), lastModified: now }
      add(bucket, key, marker)
      deleted(bucket, key)
      return marker
    },
    removeVersion,
    rename(bucket, from, to) {
      const [version] = bucket.keys.get(from) ?? []
      if (!version || from === to) return
      for (const old of bucket.keys.get(to) ?? []) forget(old)
      bucket.keys.set(to, [version])
      dropKey(bucket, from)
      changed(bucket, to)
      deleted(bucket, from)
    },
    storePart(upload, part) {
      bytes += part.size - (upload.parts.get(part.number)?.size ?? 0)
      upload.parts.set(part.number, part)
    },
    endUpload(bucket, upload, state) {
      forgetParts(upload)
      upload.state = state
      const ended = [...bucket.uploads.values()].filter((one) => one.state !== 'in progress')
      for (const { id } of ended.slice(0, Math.max(0, ended.length - ENDED))) bucket.uploads.delete(id)
    },
    removeBucket(bucket) {
      for (const upload of bucket.uploads.values()) forgetParts(upload)
      buckets.delete(bucket.name)
    },
    reset() {
      buckets.clear()
      bytes = 0
    },
    watchDeletes() {
      const seen = new Set<string>()
      watches.add(seen)
      return { has: (bucket, key) => seen.has(`${bucket}/${key}`), end: () => void watches.delete(seen) }
    },
    sortedKeys(bucket) {
      const known = sorted.get(bucket)
      if (known) return known
      const keys = [...bucket.keys.keys()].sort(compareKeys)
      sorted.set(bucket, keys)
      return keys
    },
  }
}

/** Converts the state of a key to the form that the rules expect. */
export function keyOf(bucket: StoredBucket | undefined, key: string, versionId?: string): Key {
  if (!bucket) return {}
  const latest = objectAt(bucket, key)
  const addressed = versionId === undefined ? undefined : objectAt(bucket, key, versionId)
  return {
    current: latest?.kind === 'object' ? versionFor(latest) : undefined,
    deleteMarker: latest?.kind === 'delete marker' ? markerFor(latest) : undefined,
    addressed: addressed?.kind === 'object' ? versionFor(addressed) : addressed && markerFor(addressed),
  }
}

/** Returns the version with the given id or, if no id is given, the current version. */
export function objectAt(bucket: StoredBucket, key: string, versionId?: string): StoredVersion | undefined {
  const versions = bucket.keys.get(key) ?? []
  return versionId === undefined ? versions[0] : versions.find((one) => one.versionId === versionId)
}

function versionFor({ etag, lastModified, size, parts }: StoredObject): Version {
  return { etag, lastModified, size, parts: parts?.length }
}

function markerFor({ versionId, lastModified }: StoredMarker): Marker {
  return { isDeleteMarker: true, versionId, lastModified }
}

/** Compares keys by their UTF-8 bytes, which yields the same order as comparing their code points. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

/** Ranks surrogates above all other code units, because they encode the highest code points. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
