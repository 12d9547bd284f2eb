import type { IncomingHttpHeaders } from 'node:http'
import type { Bucket, Key, Marker, State, Version } from 's3-reference-store/rules'
import { encodeKey } from './reference-request'
import { unescaped } from './reference-tags'
import { ask, type House, type Turn } from './reference-turn'

/** What a bucket is, for the rules. */
export function bucketOf({ house, call, access }: Turn): Bucket {
  return {
    versioning: house.buckets.versioning(call.bucket),
    directory: call.isDirectory,
    ...(access.policy && { policy: access.policy }),
  }
}

/** The state in which a key is what the store behind says. */
export function stateOf(turn: Turn, key: Key, more: Partial<State> = {}): State {
  return { now: new Date(), bucket: bucketOf(turn), key, ...more }
}

/** The version that the answer to a read is about. */
export function versionIn(house: House, bucket: string, key: string, stored: IncomingHttpHeaders): Version {
  const headers = house.tags.read(bucket, key, stored)
  const [, total] = /\/(\d+)$/.exec(String(headers['content-range'] ?? '')) ?? []
  const [, parts] = /-(\d+)"?$/.exec(String(stored.etag)) ?? []
  const version = headers['x-amz-version-id']
  return {
    etag: String(headers.etag),
    lastModified: new Date(String(headers['last-modified'])),
    size: Number(total ?? headers['content-length'] ?? 0),
    ...(version && { versionId: String(version) }),
    ...(parts && { parts: Number(parts) }),
  }
}

/** Looks at what a key holds: one request to the store behind. */
export async function look(turn: Turn, bucket: string, key: string, versionId?: string): Promise<Key> {
  const query = versionId === undefined ? '' : `?versionId=${encodeURIComponent(versionId)}`
  const path = `/${encodeURIComponent(bucket)}/${encodeKey(key)}${query}`
  const { status, headers } = await ask(turn, { method: 'HEAD', path, headers: {} })
  if (status === 400) return listed(turn, bucket, key, versionId)
  return keyIn(turn, bucket, key, { status, headers }, versionId)
}

/** What a key holds by the answer to a read of it. */
export async function keyIn(
  turn: Turn,
  bucket: string,
  key: string,
  { status, headers }: { status: number; headers: IncomingHttpHeaders },
  versionId?: string,
): Promise<Key> {
  if (status === 200 || status === 206) {
    const found = versionIn(turn.house, bucket, key, headers)
    return versionId === undefined ? { current: found } : { addressed: found }
  }
  if (status === 405 && versionId !== undefined) return { addressed: await markerOf(turn, bucket, key, versionId) }
  if (headers['x-amz-delete-marker'] !== 'true' || versionId !== undefined) return {}
  const id = String(headers['x-amz-version-id'] ?? 'null')
  return { deleteMarker: { isDeleteMarker: true, versionId: id, lastModified: new Date() } }
}

/** What a key holds by the listing, which tells of an object also where a read wants the customer's key to it. */
async function listed(turn: Turn, bucket: string, key: string, versionId?: string): Promise<Key> {
  const path = `/${encodeURIComponent(bucket)}?versions&prefix=${encodeURIComponent(key)}`
  const { body } = await ask(turn, { method: 'GET', path, headers: {} })
  const which = versionId === undefined ? '<IsLatest>true<' : `<VersionId>${versionId}<`
  const isMeant = (one: string) => one.includes(`<Key>${key}<`) && one.includes(which)
  const version = (body.match(/<Version>.*?<\/Version>/gs) ?? []).map(unescaped).find(isMeant)
  if (version === undefined) return {}
  const text = (name: string) => new RegExp(`<${name}>([^<]*)<`).exec(version)?.[1] ?? ''
  const id = text('VersionId')
  const stored = {
    etag: text('ETag'),
    'last-modified': new Date(text('LastModified')).toUTCString(),
    'content-length': text('Size'),
    ...(id !== 'null' && { 'x-amz-version-id': id }),
  }
  return keyIn(turn, bucket, key, { status: 200, headers: stored }, versionId)
}

/** When a delete marker was made, which the store behind says in its listing only. */
async function markerOf(turn: Turn, bucket: string, key: string, versionId: string): Promise<Marker> {
  const path = `/${encodeURIComponent(bucket)}?versions&prefix=${encodeURIComponent(key)}`
  const { body } = await ask(turn, { method: 'GET', path, headers: {} })
  const marker = body.match(/<DeleteMarker>.*?<\/DeleteMarker>/gs)?.find((one) => one.includes(`>${versionId}<`)) ?? ''
  const [, time = ''] = /<LastModified>([^<]*)</.exec(marker) ?? []
  return { isDeleteMarker: true, versionId, lastModified: time ? new Date(time) : new Date() }
}

/** When an upload was initiated, as the store behind lists it. */
export async function initiatedAt(turn: Turn, bucket: string, key: string, id: string): Promise<Date | undefined> {
  const path = `/${encodeURIComponent(bucket)}?uploads&prefix=${encodeURIComponent(key)}`
  const { body } = await ask(turn, { method: 'GET', path, headers: {} })
  const upload = body.match(/<Upload>.*?<\/Upload>/gs)?.find((one) => unescaped(one).includes(`>${id}<`)) ?? ''
  const [, time] = /<Initiated>([^<]*)</.exec(upload) ?? []
  return time === undefined ? undefined : new Date(time)
}

/** Where the source of a copy is. */
export function sourceOf(header: string): { bucket: string; key: string; versionId?: string } {
  const [place = '', query = ''] = header.split('?')
  const [, bucket = '', key = ''] = /^\/?([^/]*)\/(.*)$/s.exec(place) ?? []
  const [, versionId] = /(?:^|&)versionId=([^&]*)/.exec(query) ?? []
  return { bucket, key: decoded(key), ...(versionId !== undefined && { versionId: decoded(versionId) }) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Whether there is a bucket: a HEAD of a key does not tell. */
export async function isBucketThere(turn: Turn): Promise<boolean> {
  const { status } = await ask(turn, { method: 'HEAD', path: `/${encodeURIComponent(turn.call.bucket)}`, headers: {} })
  return status !== 404
}
