import { bucketOf, type Context } from './context.ts'
import { S3Error } from './message.ts'
import type { S3Request } from './request.ts'
import type { Setting } from './settings.ts'
import { invalidArgument, notImplemented } from './values.ts'
import { textOf, type XmlElement } from './xml.ts'

/**
 * A bucket's website configuration. PUT fails with 400 InvalidArgument for an invalid index document, and with 501 for
 * redirects.
 */
export const WEBSITE: Setting = {
  name: 'website',
  root: 'WebsiteConfiguration',
  missing: 'NoSuchWebsiteConfiguration',
  apply(bucket, root) {
    bucket.websiteIndex = root && indexIn(root)
  },
}

function indexIn(root: XmlElement): string {
  const redirect = root.children.find(({ name }) => name === 'RedirectAllRequestsTo' || name === 'RoutingRules')
  if (redirect)
    throw notImplemented(
      `This store does not support the ${redirect.name} element in a website configuration. Remove the element.`,
    )
  const index = textOf(root, 'IndexDocument', 'Suffix') ?? ''
  if (index === '' || index.includes('/')) {
    throw invalidArgument('The IndexDocument Suffix is not well formed', 'IndexDocument', index)
  }
  return index
}

/**
 * Returns the request, with the name of the index document appended to the key if the key is empty or ends in `/`.
 * @throws S3Error 404 NoSuchBucket or NoSuchWebsiteConfiguration
 */
export function websiteRequest(context: Context): S3Request {
  const { websiteIndex, name } = bucketOf(context)
  if (!websiteIndex) throw new S3Error(404, 'NoSuchWebsiteConfiguration', '', { elements: { BucketName: name } })
  const { request } = context
  const { key = '' } = request
  return { ...request, key: key === '' || key.endsWith('/') ? key + websiteIndex : key }
}
