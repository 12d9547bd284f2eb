import { bucketOf, type Context } from './context.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { respond } from './respond.ts'
import { generalBucket, keep, returned } from './settings.ts'
import type { StoredBucket } from './stored.ts'
import { invalidArgument, notImplemented } from './values.ts'
import { allOf, readXml, textOf } from './xml.ts'

const ROOT = 'WebsiteConfiguration'
const CODE = 'NoSuchWebsiteConfiguration'

/** GetBucketWebsite. @throws S3Error 404 NoSuchBucket or NoSuchWebsiteConfiguration */
export function getBucketWebsite(context: Context): StoreResponse {
  return returned(generalBucket(context), 'website', ROOT, CODE)
}

/**
 * PutBucketWebsite.
 * @throws S3Error 404 NoSuchBucket; 400 MalformedXML, or InvalidArgument for the index document; 501 for redirects
 */
export function putBucketWebsite(context: Context): StoreResponse {
  const bucket = generalBucket(context)
  const root = readXml(context.sent.body, ROOT)
  const redirect = root.children.find(({ name }) => name === 'RedirectAllRequestsTo' || name === 'RoutingRules')
  if (redirect) throw notImplemented(`This store does not support ${redirect.name} of a website.`)
  const [indexDocument] = allOf(root, 'IndexDocument')
  const [errorDocument] = allOf(root, 'ErrorDocument')
  if (!indexDocument) {
    const message = 'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty'
    throw invalidArgument(message, 'IndexDocument', 'null')
  }
  const index = textOf(indexDocument, 'Suffix') ?? ''
  if (index === '' || index.includes('/')) {
    throw invalidArgument('The IndexDocument Suffix is not well formed', 'IndexDocument', index)
  }
  const error = errorDocument && textOf(errorDocument, 'Key')
  bucket.website = { index, ...(error !== undefined && { error }) }
  keep(bucket, 'website', root)
  return respond(200)
}

/** DeleteBucketWebsite, whether there is one or not. @throws S3Error 404 NoSuchBucket */
export function deleteBucketWebsite(context: Context): StoreResponse {
  const bucket = generalBucket(context)
  bucket.settings.delete('website')
  bucket.website = undefined
  return respond(204)
}

/**
 * The object that a GET or HEAD of a website is for: the index document for a path that ends in `/`.
 * @returns the bucket, and the key to read; whether it exists is not looked at
 * @throws S3Error 404 NoSuchBucket or NoSuchWebsiteConfiguration
 */
export function websiteObject(context: Context): { bucket: StoredBucket; key: string } {
  const bucket = bucketOf(context)
  const { website, name } = bucket
  if (!website) throw new S3Error(404, CODE, '', { elements: { BucketName: name } })
  const { key = '' } = context.request
  return { bucket, key: key === '' || key.endsWith('/') ? `${key}${website.index ?? ''}` : key }
}
