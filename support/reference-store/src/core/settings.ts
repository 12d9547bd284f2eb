import { bucketOf, type Context } from './context.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { respond, respondXml, type Xml } from './respond.ts'
import type { StoredBucket } from './stored.ts'
import { checkTags, tagSetIn, tagSetOf } from './tags.ts'
import { notImplemented } from './values.ts'
import { malformed, readXml, textOf, type XmlElement } from './xml.ts'

/**
 * Returns the bucket for an operation that only general purpose buckets support.
 * @throws S3Error 404 NoSuchBucket; 501 NotImplemented for a directory bucket
 */
export function generalBucket(context: Context): StoredBucket {
  const bucket = bucketOf(context)
  if (bucket.isDirectory) throw notImplemented(`A directory bucket does not support ${context.request.operation}.`)
  return bucket
}

/** Converts a parsed XML element to content for a response. */
export function contentOf({ text, children }: XmlElement): Xml {
  return children.length > 0 ? children.map((child) => ({ [child.name]: [contentOf(child)] })) : text
}

/** Executes a request. @throws S3Error if the request fails */
export type Handler = (context: Context) => StoreResponse

/** A bucket setting that clients set and read as an XML document. */
export interface Setting {
  /** The sub-resource, such as `cors`. */
  readonly name: string
  /** The name of the root element. */
  readonly root: string
  /** The code of the 404 error that GET returns if the setting is not set. */
  readonly missing?: string
  /** Returns the content of the GET response for an unset setting, or undefined if GET fails with 404 instead. */
  readonly unset?: (bucket: StoredBucket) => Xml | undefined
  readonly isForDirectories?: boolean
  /** The status that PUT returns. Default: 200. */
  readonly status?: number
  /**
   * Checks a document, and updates the bucket.
   * @param root the root element; absent if the setting is being deleted
   * @returns the content to store; undefined to store the document as sent; an empty string to delete the setting
   */
  readonly apply: (bucket: StoredBucket, root?: XmlElement) => Xml | undefined
}

/** Creates the handlers for a bucket setting: for `BucketCors`, GetBucketCors, PutBucketCors and DeleteBucketCors. */
export function settingHandlers<Name extends string>(name: Name, setting: Setting) {
  const { root, missing = '', status = 200 } = setting
  const bucketFor = setting.isForDirectories ? bucketOf : generalBucket
  const get: Handler = (context) => {
    const bucket = bucketFor(context)
    const content = bucket.settings.get(setting.name) ?? setting.unset?.(bucket)
    if (content !== undefined) return respondXml(200, root, content)
    throw new S3Error(404, missing, '', { elements: { BucketName: bucket.name } })
  }
  const put: Handler = (context) => {
    const bucket = bucketFor(context)
    const sent = readXml(context.sent.body, root)
    const content = setting.apply(bucket, sent) ?? contentOf(sent)
    if (content === '') bucket.settings.delete(setting.name)
    else bucket.settings.set(setting.name, content)
    return respond(status)
  }
  const remove: Handler = (context) => {
    const bucket = bucketFor(context)
    setting.apply(bucket)
    bucket.settings.delete(setting.name)
    return respond(204)
  }
  const all = { [`Get${name}`]: get, [`Put${name}`]: put, [`Delete${name}`]: remove }
  return all as Record<`${'Get' | 'Put' | 'Delete'}${Name}`, Handler>
}

/**
 * A bucket's versioning status. PUT fails with 400 for an invalid status, or with 409 InvalidBucketState if Object Lock
 * prevents suspending versioning.
 */
export const VERSIONING: Setting = {
  name: 'versioning',
  root: 'VersioningConfiguration',
  unset: ({ versioning }) => ({ Status: { never: undefined, enabled: 'Enabled', suspended: 'Suspended' }[versioning] }),
  apply(bucket, root) {
    const status = textOf(root, 'Status')
    if (status === undefined) {
      throw new S3Error(400, 'IllegalVersioningConfigurationException', 'The Versioning element must be specified')
    }
    if (status !== 'Enabled' && status !== 'Suspended') throw malformed()
    if (status === 'Suspended' && bucket.objectLock) {
      const message =
        'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.'
      throw new S3Error(409, 'InvalidBucketState', message)
    }
    bucket.versioning = status === 'Enabled' ? 'enabled' : 'suspended'
    return ''
  },
}

/** A bucket's tags. An empty tag set deletes all tags. */
export const TAGGING: Setting = {
  name: 'tagging',
  root: 'Tagging',
  missing: 'NoSuchTagSet',
  status: 204,
  apply(_, root) {
    const tags = root ? tagSetIn(root) : []
    checkTags(tags, 'a bucket')
    return tags.length === 0 ? '' : tagSetOf(tags)
  },
}
