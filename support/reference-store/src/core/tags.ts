import { requiredObject } from './addressed.ts'
import { bucketOf, type Context } from './context.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { versionHeaders } from './object-headers.ts'
import { decodedQuery, pairsOf } from './request.ts'
import { respond, respondXml } from './respond.ts'
import type { Tags } from './stored.ts'
import { invalidArgument } from './values.ts'
import { allOf, malformed, readXml, textOf, type XmlElement } from './xml.ts'

const ALLOWED = /^[\p{L}\p{N}_\s.:/=+\-@]*$/u
const MAX_KEY = 128
const MAX_VALUE = 256

/**
 * Checks each tag, then the number of tags, as Amazon S3 does.
 * @throws S3Error 400 InvalidTag for a key or value that is too long or invalid, or for a repeated key; 400 BadRequest
 *   for too many tags
 */
export function checkTags(tags: Tags, of: 'an object' | 'a bucket' | 'a new bucket'): void {
  const seen = new Set<string>()
  const invalid = (message: string, TagKey: string, TagValue?: string) =>
    new S3Error(400, 'InvalidTag', message, { elements: { TagKey, ...(TagValue !== undefined && { TagValue }) } })
  for (const [key, value] of tags) {
    if (seen.has(key)) throw invalid('Cannot provide multiple Tags with the same key', key)
    if (key.startsWith('aws:')) throw invalid('Your TagKey cannot be prefixed with aws:', key)
    if (key === '' || key.length > MAX_KEY || !ALLOWED.test(key)) {
      throw invalid('The TagKey you have provided is invalid', key)
    }
    if (value.length > MAX_VALUE || !ALLOWED.test(value)) {
      throw invalid('The TagValue you have provided is invalid', key, value)
    }
    seen.add(key)
  }
  const [max, what] = of === 'an object' ? [10, 'Object tags'] : [50, 'Bucket tag count']
  if (tags.length > max) throw new S3Error(400, 'BadRequest', `${what} cannot be greater than ${max}`)
}

/**
 * Parses and checks an `x-amz-tagging` header, such as `project=a&step=1%2F2`.
 * @throws S3Error 400 InvalidArgument, InvalidTag or BadRequest
 */
export function parseTags(text = ''): Tags {
  const tags = pairsOf(`?${text}`).map(([key, value]) => [key, decodedQuery(value)] as const)
  const isTwice = new Set(tags.map(([key]) => key)).size < tags.length
  if (isTwice || tags.some(([key, value]) => key === '' || !ALLOWED.test(key) || !ALLOWED.test(value))) {
    const message =
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates."
    throw invalidArgument(message, 'x-amz-tagging', text)
  }
  checkTags(tags, 'an object')
  return tags
}

/**
 * Returns the `Tag` children of an element without checking them.
 * @throws S3Error 400 MalformedXML for a tag without a key or a value
 */
export function tagsIn(set: XmlElement): Tags {
  return allOf(set, 'Tag').map((tag) => {
    const [key, value] = [textOf(tag, 'Key'), textOf(tag, 'Value')]
    if (key === undefined || value === undefined) throw malformed()
    return [key, value] as const
  })
}

/** Returns the tags in a `Tagging` document without checking them. @throws S3Error 400 MalformedXML */
export function tagSetIn(tagging: XmlElement): Tags {
  const [set] = allOf(tagging, 'TagSet')
  if (!set) throw malformed()
  return tagsIn(set)
}

export function tagSetOf(tags: Tags) {
  return { TagSet: { Tag: tags.map(([Key, Value]) => ({ Key, Value })) } }
}

export function getObjectTagging(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const object = requiredObject(context, 405)
  return respondXml(200, 'Tagging', tagSetOf(object.tags), versionHeaders(bucket, object))
}

export function putObjectTagging(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const object = requiredObject(context, 405)
  const tags = tagSetIn(readXml(context.sent.body, 'Tagging'))
  checkTags(tags, 'an object')
  object.tags = tags
  return respond(200, versionHeaders(bucket, object))
}

export function deleteObjectTagging(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const object = requiredObject(context, 405)
  object.tags = []
  return respond(204, versionHeaders(bucket, object))
}
