import { isGeneralName, zoneOf } from './bucket-names.ts'
import { BLOCKS_ALL, PUBLIC_ACCESS_BLOCK } from './bucket-policy.ts'
import { bucketOf, type Context } from './context.ts'
import { type Headers, S3Error, type StoreResponse } from './message.ts'
import { tokenOf } from './pages.ts'
import { placeOfBucket } from './regions.ts'
import { respond, respondXml, type Xml } from './respond.ts'
import { TAGGING } from './settings.ts'
import type { StoredBucket, Tags } from './stored.ts'
import { checkTags, tagSetOf, tagsIn } from './tags.ts'
import { ACCOUNT, invalidArgument, invalidRequest, isoDate, notImplemented, OWNER } from './values.ts'
import { allOf, readXml, textOf } from './xml.ts'

/**
 * Creates a general purpose bucket, or a directory bucket if the name ends in `--<zone>--x-s3`. In us-east-1,
 * creating the same general purpose bucket again succeeds and changes nothing, unless the request has tags.
 * @throws S3Error 400 for an invalid name, location or tag; 409 if the bucket already exists, except as described
 *   above; 501 for an access control list
 */
export function createBucket(context: Context): StoreResponse {
  const { state, request, sent, now, options } = context
  const { bucket: name, headers, isDirectory, host } = request
  const configuration = sent.body?.length ? readXml(sent.body, 'CreateBucketConfiguration') : undefined
  const wantsDirectory = textOf(configuration, 'Bucket', 'Type') === 'Directory'
  const zone = zoneOf(name)
  const isValid = isDirectory
    ? wantsDirectory && zone !== undefined && textOf(configuration, 'Location', 'Name') === zone
    : !wantsDirectory && isGeneralName(name)
  if (!isValid) throw new S3Error(400, 'InvalidBucketName', '', { elements: { BucketName: name } })
  const tags = configuration && allOf(configuration, 'Tags').flatMap(tagsIn)
  if (tags) checkTags(tags, 'a new bucket')
  const constraint = textOf(configuration, 'LocationConstraint')
  const place = isDirectory ? { region: options.region } : placeOfBucket(request, constraint, options)
  const existing = state.buckets.get(name)
  const isRecreated = existing?.region === 'us-east-1' && place.region === 'us-east-1' && !isDirectory && !tags?.length
  if (existing && !isRecreated) {
    throw new S3Error(409, 'BucketAlreadyOwnedByYou', '', { elements: { BucketName: name } })
  }
  if (!existing) {
    const hasLock = headers['x-amz-bucket-object-lock-enabled']?.toLowerCase() === 'true'
    state.buckets.set(name, {
      name,
      ...place,
      created: now,
      isDirectory,
      versioning: hasLock ? 'enabled' : 'never',
      keys: new Map(),
      uploads: new Map(),
      settings: newSettings(headers, tags),
      blocksPublicPolicy: true,
      clientTokens: new Map(),
      objectLock: hasLock ? {} : undefined,
    })
  }
  const address = host.startsWith(`${name}.`) ? `http://${host}/` : `http://${host}/${name}`
  const Location = place.region === 'us-east-1' && !isDirectory ? `/${name}` : address
  return respond(200, { Location, 'x-amz-bucket-arn': arnOf({ name, region: place.region, isDirectory }) })
}

/** New buckets block public access and disable ACLs, as on Amazon S3 since April 2023. */
function newSettings(headers: Headers, tags: Tags = []): Map<string, Xml> {
  const { 'x-amz-acl': acl = 'private', 'x-amz-object-ownership': ownership = 'BucketOwnerEnforced' } = headers
  if (ownership !== 'BucketOwnerEnforced') {
    throw notImplemented('This store does not support access control lists. Use a bucket policy instead.')
  }
  if (acl !== 'private') {
    const message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
    throw new S3Error(400, 'InvalidBucketAclWithObjectOwnership', message)
  }
  const settings = new Map<string, Xml>([[PUBLIC_ACCESS_BLOCK.name, BLOCKS_ALL]])
  if (tags.length > 0) settings.set(TAGGING.name, tagSetOf(tags))
  return settings
}

function arnOf({ name, region, isDirectory }: Pick<StoredBucket, 'name' | 'region' | 'isDirectory'>): string {
  return isDirectory ? `arn:aws:s3express:${region}:${ACCOUNT}:bucket/${name}` : `arn:aws:s3:::${name}`
}

export function headBucket(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const zone = bucket.isDirectory ? zoneOf(bucket.name) : undefined
  return respond(200, {
    'Content-Type': 'application/xml',
    'x-amz-bucket-region': bucket.region,
    'x-amz-access-point-alias': 'false',
    'x-amz-bucket-arn': arnOf(bucket),
    ...(zone && { 'x-amz-bucket-location-type': 'AvailabilityZone', 'x-amz-bucket-location-name': zone }),
  })
}

/**
 * Deletes an empty bucket. An upload in progress prevents the deletion of a directory bucket, but not of a general
 * purpose bucket.
 * @throws S3Error 409 BucketNotEmpty
 */
export function deleteBucket(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const hasUploads = bucket.isDirectory && [...bucket.uploads.values()].some(({ state }) => state === 'in progress')
  if (bucket.keys.size > 0 || hasUploads) {
    const message =
      bucket.versioning === 'never'
        ? ''
        : 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.'
    throw new S3Error(409, 'BucketNotEmpty', message, { elements: { BucketName: bucket.name } })
  }
  context.state.removeBucket(bucket)
  return respond(204)
}

/** @throws S3Error 400 InvalidArgument if max-buckets is not an integer from 1 to 10,000 */
export function listBuckets(context: Context): StoreResponse {
  const { query } = context.request
  // Amazon S3 returns the region only if the request has one of these parameters.
  const isPaged = ['prefix', 'max-buckets', 'continuation-token', 'bucket-region'].some((name) => query.has(name))
  const content = pageOfBuckets(context, 'max-buckets', 10_000, isPaged)
  const Prefix = query.get('prefix') || undefined
  return respondXml(200, 'ListAllMyBucketsResult', { Owner: OWNER, ...content, Prefix })
}

/** @throws S3Error 400 InvalidArgument if max-directory-buckets is not an integer from 1 to 1,000 */
export function listDirectoryBuckets(context: Context): StoreResponse {
  const content = pageOfBuckets(context, 'max-directory-buckets', 1_000, true)
  return respondXml(200, 'ListAllMyDirectoryBucketsResult', content)
}

function pageOfBuckets({ state, request }: Context, name: string, most: number, hasRegion: boolean) {
  const { query, operation } = request
  const text = query.get(name) || String(most)
  const max = /^\d+$/.test(text) ? Number(text) : 0
  if (max < 1 || max > most) {
    throw invalidArgument(`Argument ${name} must be an integer between 1 and ${most}`, name, text)
  }
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64url').toString()
  const prefix = query.get('prefix') ?? ''
  const inRegion = query.get('bucket-region')
  const isDirectory = operation === 'ListDirectoryBuckets'
  const all = [...state.buckets.values()]
    .filter((bucket) => bucket.isDirectory === isDirectory && bucket.name.startsWith(prefix) && bucket.name > after)
    .filter(({ region }) => !inRegion || region === inRegion)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const page = all.slice(0, max)
  const Bucket = page.map((bucket) => ({
    Name: bucket.name,
    CreationDate: isoDate(bucket.created),
    BucketRegion: hasRegion ? bucket.region : undefined,
    BucketArn: arnOf(bucket),
  }))
  const last = all.length > max ? page.at(-1)?.name : undefined
  return { Buckets: { Bucket }, ContinuationToken: last && tokenOf(last) }
}

const SESSION_MS = 300_000

/**
 * Returns the caller's own key pair as session credentials. The bucket need not exist: with a custom endpoint, the SDK
 * requests a session before it creates a directory bucket.
 * @throws S3Error 400 InvalidRequest for a general purpose bucket; 403 AccessDenied for an unsigned request
 */
export function createSession(context: Context): StoreResponse {
  const { options, who, now, request } = context
  if (!request.isDirectory && bucketOf(context)) {
    throw invalidRequest('This operation is supported for directory buckets only.')
  }
  if (who === 'anonymous') throw new S3Error(403, 'AccessDenied')
  const { accessKeyId, secretAccessKey } = who === 'owner' ? options.owner : options.secondUser
  const Credentials = {
    SessionToken: 'session',
    SecretAccessKey: secretAccessKey,
    AccessKeyId: accessKeyId,
    Expiration: isoDate(new Date(now.getTime() + SESSION_MS)),
  }
  return respondXml(200, 'CreateSessionResult', { Credentials }, { 'x-amz-server-side-encryption': 'AES256' })
}

/** Returns the bucket's LocationConstraint, which is empty for us-east-1. */
export function getBucketLocation(context: Context): StoreResponse {
  const { region, constraint = region === 'us-east-1' ? '' : region } = bucketOf(context)
  return respondXml(200, 'LocationConstraint', constraint)
}
