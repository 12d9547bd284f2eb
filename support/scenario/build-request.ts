import { uploadTitle } from './print'
import type { Option, Prompts } from './prompts'
import {
  type Condition,
  type Conditions,
  HEADERS,
  isOnDate,
  MOMENTS,
  OF_AN_OBJECT,
  type Place,
  type Request,
  TAGS,
  type Value,
} from './request'
import type { Scene } from './session'

/** What can be asked for. */
export type What = 'read' | 'copy' | 'write' | 'upload' | 'delete'

const ON_READS: readonly Condition[] = ['IfMatch', 'IfNoneMatch', 'IfModifiedSince', 'IfUnmodifiedSince']
const ON_SOURCES: readonly Condition[] = [
  'CopySourceIfMatch',
  'CopySourceIfNoneMatch',
  'CopySourceIfModifiedSince',
  'CopySourceIfUnmodifiedSince',
]
const ON_WRITES: readonly Condition[] = ['IfMatch', 'IfNoneMatch']
const ON_DELETES: readonly Condition[] = ['IfMatch']

/** Asks for everything that a request needs. */
export function putTogether(what: What, scene: Scene, ask: Prompts): Promise<Request> {
  return { read, copy, write, upload, delete: remove }[what](scene, ask)
}

async function read(scene: Scene, ask: Prompts): Promise<Request> {
  const operation = await ask.select('Which operation?', [['GetObject'], ['HeadObject']])
  const address = await pickVersion(await pickKey('Which object?', scene, ask), scene, ask)
  return { operation, address, conditions: await pickConditions(ON_READS, address, scene, ask) }
}

async function copy(scene: Scene, ask: Prompts): Promise<Request> {
  const source = await pickKey('Which object is copied?', scene, ask)
  const onSource = await pickConditions(ON_SOURCES, source, scene, ask, ' on the source')
  const address = await pickKey('Where to?', scene, ask)
  const onTarget = await pickConditions(ON_WRITES, address, scene, ask, ' on the destination')
  return { operation: 'CopyObject', source, address, conditions: { ...onSource, ...onTarget } }
}

async function write(scene: Scene, ask: Prompts): Promise<Request> {
  const address = await pickKey('Which key is written?', scene, ask)
  const body = await pickContent('What is its new content?', ask)
  return { operation: 'PutObject', address, body, conditions: await pickConditions(ON_WRITES, address, scene, ask) }
}

async function remove(scene: Scene, ask: Prompts): Promise<Request> {
  const address = await pickVersion(await pickKey('Which object is deleted?', scene, ask), scene, ask)
  return { operation: 'DeleteObject', address, conditions: await pickConditions(ON_DELETES, address, scene, ask) }
}

/** An upload has one part here, which is stored or copied before it is completed. */
async function upload(scene: Scene, ask: Prompts): Promise<Request> {
  const there = scene.uploads()
  const operation = await ask.select('Which step?', [
    ['CreateMultipartUpload', 'Create an upload', 'CreateMultipartUpload'],
    ...(there.length > 0
      ? ([
          ['UploadPart', 'Store its part', 'UploadPart'],
          ['UploadPartCopy', 'Copy its part from an object', 'UploadPartCopy'],
        ] as const)
      : []),
    ...(there.some(({ partETag }) => partETag)
      ? ([['CompleteMultipartUpload', 'Complete it', 'CompleteMultipartUpload']] as const)
      : []),
    ...(there.length > 0 ? ([['AbortMultipartUpload', 'Abort it', 'AbortMultipartUpload']] as const) : []),
  ])
  if (operation === 'CreateMultipartUpload') {
    return { operation, address: await pickKey('Which key is it for?', scene, ask), conditions: {} }
  }
  const suitable = there.filter(({ partETag }) => partETag || operation !== 'CompleteMultipartUpload')
  const uploadId = await ask.select(
    'Which upload?',
    suitable.map((one) => [one.id, uploadTitle(one)] as const),
  )
  const address = there.find(({ id }) => id === uploadId)?.address as Place
  const request = { operation, address, uploadId, conditions: {} }
  if (operation === 'UploadPart') return { ...request, body: await pickContent('What does it hold?', ask) }
  if (operation === 'CompleteMultipartUpload') {
    return { ...request, conditions: await pickConditions(ON_WRITES, address, scene, ask) }
  }
  if (operation === 'AbortMultipartUpload') return request
  const source = await pickKey('Which object is copied?', scene, ask)
  return { ...request, source, conditions: await pickConditions(ON_SOURCES, source, scene, ask, ' on the source') }
}

function pickContent(question: string, ask: Prompts): Promise<string> {
  return ask.text(question, 'Nothing is fine, too.')
}

/** Picks one of the objects that are there, or a key by its name. */
async function pickKey(question: string, scene: Scene, ask: Prompts): Promise<Place> {
  const objects = await scene.list()
  const nth = (bucket: string) =>
    scene.keepsVersions(bucket)
      ? 'bucket that keeps versions'
      : bucket === scene.buckets[0]
        ? 'first bucket'
        : 'second bucket'
  const choice = await ask.select(question, [
    ...objects.map(({ Bucket, Key, ETag }, n) => [`${n}`, Key, `${nth(Bucket)}, ${ETag}`] as const),
    ...scene.buckets.map((bucket) => [bucket, `another key of the ${nth(bucket)} …`] as const),
  ])
  const picked = objects[Number(choice)]
  if (picked) return { Bucket: picked.Bucket, Key: picked.Key }
  return { Bucket: choice, Key: await ask.text('Which key?', 'another.txt', 'another.txt') }
}

/** Picks a version of a key, where its bucket keeps them. */
async function pickVersion(place: Place, scene: Scene, ask: Prompts): Promise<Place> {
  if (!scene.keepsVersions(place.Bucket)) return place
  const { versions } = await scene.look(place)
  if (versions.length === 0) return place
  const VersionId = await ask.select('Which version?', [
    ['', 'no version by its id: the current one'],
    ...versions.map(({ id = '', ETag, marker }) => [id, marker ? 'a delete marker' : (ETag ?? ''), id] as const),
  ])
  return VersionId ? { ...place, VersionId } : place
}

const OWN = 'own'

/** Picks preconditions, and a value for each. */
async function pickConditions(
  names: readonly Condition[],
  place: Place,
  scene: Scene,
  ask: Prompts,
  where = '',
): Promise<Conditions> {
  const picked = await ask.several(
    `Which preconditions${where}? None is fine, too.`,
    names.map((name) => [name, HEADERS[name]] as const),
  )
  const { current } = picked.length > 0 ? await scene.look(place) : {}
  const conditions: Partial<Record<Condition, Value>> = {}
  for (const name of picked) {
    const values: Readonly<Record<string, readonly [string, unknown]>> = isOnDate(name) ? MOMENTS : TAGS
    const choice = await ask.select(HEADERS[name], [
      ...Object.entries(values)
        // A key without an object has no ETag and no Last-Modified.
        .filter(([symbol]) => typeof current === 'object' || !OF_AN_OBJECT.some((one) => one === symbol))
        .map(([symbol, [words]]): Option<string> => [symbol, words]),
      [OWN, 'a value of your own …'],
    ])
    conditions[name] = choice === OWN ? { typed: await typed(name, ask) } : (choice as Value)
  }
  return conditions
}

function typed(name: Condition, ask: Prompts): Promise<string> {
  const example = isOnDate(name) ? new Date().toUTCString() : '"an entity tag", "another one"'
  return ask.text(`${HEADERS[name]}, as it is sent`, `like ${example}; nothing is sent as an empty header`)
}
