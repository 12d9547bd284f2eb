import { bucketOf, type Context } from './context.ts'
import { S3Error } from './message.ts'
import type { Setting } from './settings.ts'
import type { StoredBucket } from './stored.ts'
import { invalidArgument, notImplemented } from './values.ts'
import { allOf, textOf, type XmlElement } from './xml.ts'

/** The website of a bucket: 400 InvalidArgument for the index document; 501 for redirects. */
export const WEBSITE: Setting = {
  ...{ name: 'website', root: 'WebsiteConfiguration', missing: 'NoSuchWebsiteConfiguration' },
  apply(bucket, root) {
    bucket.website = root && websiteIn(root)
  },
}

function websiteIn(root: XmlElement): NonNullable<StoredBucket['website']> {
  const redirect = root.children.find(({ name }) => name === 'RedirectAllRequestsTo' || name === 'RoutingRules')
  if (redirect) throw notImplemented(`This store does not support ${redirect.name} of a website.`)
  const [indexDocument] = allOf(root, 'IndexDocument')
  const [errorDocument] = allOf(root, 'ErrorDocument')
  const index = (indexDocument && textOf(indexDocument, 'Suffix')) ?? ''
  if (index === '' || index.includes('/')) {
    throw invalidArgument('The IndexDocument Suffix is not well formed', 'IndexDocument', index)
  }
  const error = errorDocument && textOf(errorDocument, 'Key')
  return { index, ...(error !== undefined && { error }) }
}

/**
 * The object that a GET or HEAD of a website is for: the index document for a path that ends in `/`.
 * @returns the bucket, and the key to read; whether it exists is not looked at
 * @throws S3Error 404 NoSuchBucket or NoSuchWebsiteConfiguration
 */
export function websiteObject(context: Context): { bucket: StoredBucket; key: string } {
  const bucket = bucketOf(context)
  const { website, name } = bucket
  if (!website) throw new S3Error(404, 'NoSuchWebsiteConfiguration', '', { elements: { BucketName: name } })
  const { key = '' } = context.request
  return { bucket, key: key === '' || key.endsWith('/') ? `${key}${website.index ?? ''}` : key }
}
