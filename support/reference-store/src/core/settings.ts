import { bucketOf, type Context } from './context.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { respond, respondXml, type Xml, xmlOf } from './respond.ts'
import type { StoredBucket } from './stored.ts'
import { checkTags, tagSetOf, tagsInBody } from './tags.ts'
import { notImplemented } from './values.ts'
import { malformed, readXml, textOf, type XmlElement } from './xml.ts'

/**
 * The bucket of a request about what only general purpose buckets have.
 * @throws S3Error 404 NoSuchBucket; 501 NotImplemented for a directory bucket
 */
export function generalBucket(context: Context): StoredBucket {
  const bucket = bucketOf(context)
  if (bucket.isDirectory) throw notImplemented(`A directory bucket does not support ${context.request.operation}.`)
  return bucket
}

/** An element of a request as content of a response. Attributes and prefixes are left out. */
export function contentOf({ text, children }: XmlElement): Xml {
  return children.length > 0 ? children.map((child) => ({ [child.name]: [contentOf(child)] })) : text
}

/** Keeps a document for `returned`. */
export function keep({ settings }: StoredBucket, name: string, root: XmlElement): void {
  settings.set(name, xmlOf({ [root.name]: [contentOf(root)] }))
}

/**
 * The response with a document as it was put.
 * @param root the name of its root
 * @param code of the error if there is none
 * @throws S3Error 404 with this code
 */
export function returned(
  { name: BucketName, settings }: StoredBucket,
  name: string,
  root: string,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): StoreResponse {
  const text = settings.get(name)
  if (text === undefined) throw new S3Error(404, code, '', { elements: { BucketName } })
  return respondXml(200, root, contentOf(readXml(Buffer.from(text), root)), headers)
}

/** The response to the deletion of a setting, whether it was there or not. */
function removed({ settings }: StoredBucket, name: string): StoreResponse {
  settings.delete(name)
  return respond(204)
}

/** GetBucketVersioning: nothing for a bucket that never had it. @throws S3Error 404 NoSuchBucket */
export function getBucketVersioning(context: Context): StoreResponse {
  const { versioning } = generalBucket(context)
  const Status = { never: undefined, enabled: 'Enabled', suspended: 'Suspended' }[versioning]
  return respondXml(200, 'VersioningConfiguration', { Status })
}

/**
 * PutBucketVersioning.
 * @throws S3Error 404 NoSuchBucket; 400 IllegalVersioningConfigurationException without a status, MalformedXML for
 * another; 409 InvalidBucketState for the end of versioning in a bucket with Object Lock
 */
export function putBucketVersioning(context: Context): StoreResponse {
  const bucket = generalBucket(context)
  const status = textOf(readXml(context.sent.body, 'VersioningConfiguration'), 'Status')
  if (status === undefined) {
    throw new S3Error(400, 'IllegalVersioningConfigurationException', 'The Versioning element must be specified')
  }
  if (status !== 'Enabled' && status !== 'Suspended') throw malformed()
  if (status === 'Suspended' && bucket.objectLock) {
    const message = 'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.'
    throw new S3Error(409, 'InvalidBucketState', message)
  }
  bucket.versioning = status === 'Enabled' ? 'enabled' : 'suspended'
  return respond(200)
}

/** GetBucketTagging. @throws S3Error 404 NoSuchBucket or NoSuchTagSet */
export function getBucketTagging(context: Context): StoreResponse {
  return returned(generalBucket(context), 'tagging', 'Tagging', 'NoSuchTagSet')
}

/** PutBucketTagging: replaces all tags. @throws S3Error 404 NoSuchBucket; 400 for the tags */
export function putBucketTagging(context: Context): StoreResponse {
  const bucket = generalBucket(context)
  const tags = tagsInBody(context.sent.body)
  checkTags(tags, 'a bucket')
  if (tags.length === 0) bucket.settings.delete('tagging')
  else bucket.settings.set('tagging', xmlOf({ Tagging: tagSetOf(tags) }))
  return respond(204)
}

/** DeleteBucketTagging. @throws S3Error 404 NoSuchBucket */
export function deleteBucketTagging(context: Context): StoreResponse {
  return removed(generalBucket(context), 'tagging')
}
