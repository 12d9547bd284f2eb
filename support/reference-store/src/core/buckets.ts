import { isGeneralName, zoneOf } from './bucket-names.ts'
import { BLOCKS_ALL } from './bucket-policy.ts'
import { bucketOf, type Context } from './context.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { placeOfBucket } from './regions.ts'
import { respond, respondXml, type Xml, xmlOf } from './respond.ts'
import type { StoredBucket } from './stored.ts'
import { checkTags, type Tags, tagSetOf, tagsIn } from './tags.ts'
import { invalidArgument, isoDate, notImplemented, OWNER_ID } from './values.ts'
import { allOf, readXml, textOf, type XmlElement } from './xml.ts'

/**
 * CreateBucket: a general purpose bucket, or a directory bucket if the name ends in `--<zone>--x-s3`. In us-east-1
 * creating a bucket again succeeds.
 * @throws S3Error 400 for a name, a location or tags that Amazon S3 does not take; 409 for a bucket that exists; 501
 * for one with access control lists
 */
export function createBucket(context: Context): StoreResponse {
  const { state, request, sent, now, options } = context
  const { bucket: name, headers, isDirectory } = request
  const configuration = sent.body?.length ? readXml(sent.body, 'CreateBucketConfiguration') : undefined
  if (isDirectory ? !isOfZone(name, configuration) : !isGeneralName(name) || isDirectoryAsked(configuration)) {
    throw new S3Error(400, 'InvalidBucketName', '', { elements: { BucketName: name } })
  }
  const tags = configuration && allOf(configuration, 'Tags').flatMap(tagsIn)
  if (tags) checkTags(tags, 'a new bucket')
  const constraint = configuration && textOf(configuration, 'LocationConstraint')
  const place = isDirectory ? { region: options.region } : placeOfBucket(request, constraint, options)
  const there = state.buckets.get(name)
  if (there && (place.region !== 'us-east-1' || isDirectory || tags?.length)) {
    throw new S3Error(409, 'BucketAlreadyOwnedByYou', '', { elements: { BucketName: name } })
  }
  if (!there) {
    const hasLock = headers['x-amz-bucket-object-lock-enabled']?.toLowerCase() === 'true'
    state.buckets.set(name, {
      ...{ name, region: place.region, created: now, isDirectory },
      versioning: hasLock ? 'enabled' : 'never',
      keys: new Map(),
      uploads: new Map(),
      settings: newSettings(context, place.constraint, tags),
      clientTokens: new Map(),
      ...(hasLock && { objectLock: {} }),
    })
  }
  const Location = place.region === 'us-east-1' && !isDirectory ? `/${name}` : addressOf(context)
  return respond(200, { Location, 'x-amz-bucket-arn': arnOf({ name, region: place.region, isDirectory }) })
}

function isDirectoryAsked(configuration: XmlElement | undefined): boolean {
  const [bucket] = configuration ? allOf(configuration, 'Bucket') : []
  return bucket !== undefined && textOf(bucket, 'Type') === 'Directory'
}

/** A directory bucket is created by a body that says so, with the zone of its name. */
function isOfZone(name: string, configuration: XmlElement | undefined): boolean {
  const [location] = configuration ? allOf(configuration, 'Location') : []
  const zone = zoneOf(name)
  return isDirectoryAsked(configuration) && zone !== undefined && location !== undefined
    ? textOf(location, 'Name') === zone
    : false
}

/** What a new bucket is set to; since April 2023 Amazon S3 blocks public access and disables ACLs. */
function newSettings(
  { request: { headers } }: Context,
  constraint: string | undefined,
  tags: Tags = [],
): Map<string, string> {
  const { 'x-amz-acl': acl = 'private', 'x-amz-object-ownership': ownership = 'BucketOwnerEnforced' } = headers
  if (ownership !== 'BucketOwnerEnforced') {
    throw notImplemented('This store does not evaluate access control lists: use a bucket policy.')
  }
  if (acl !== 'private') {
    const message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"
    throw new S3Error(400, 'InvalidBucketAclWithObjectOwnership', message)
  }
  const documents: Record<string, Xml> = {
    publicAccessBlock: BLOCKS_ALL,
    ...(tags.length > 0 && { tagging: { Tagging: tagSetOf(tags) } }),
  }
  const settings = Object.entries(documents).map(([name, content]) => [name, xmlOf(content)] as const)
  return new Map([...settings, ...(constraint ? ([['location', constraint]] as const) : [])])
}

/** Where the bucket is, at the endpoint that was asked: by path, or by host if it was asked so. */
function addressOf({ request: { bucket, host } }: Context): string {
  return host.startsWith(`${bucket}.`) ? `http://${host}/` : `http://${host}/${bucket}`
}

function arnOf({ name, region, isDirectory }: Pick<StoredBucket, 'name' | 'region' | 'isDirectory'>): string {
  return isDirectory ? `arn:aws:s3express:${region}:000000000000:bucket/${name}` : `arn:aws:s3:::${name}`
}

/** HeadBucket. @throws S3Error 404 NoSuchBucket */
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
 * DeleteBucket. Uploads in progress keep a directory bucket only.
 * @throws S3Error 404 NoSuchBucket; 409 BucketNotEmpty
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

/**
 * ListBuckets: the general purpose buckets by name, those after the continuation token.
 * @throws S3Error 400 InvalidArgument for max-buckets that is not a number from 1 to 10,000
 */
export function listBuckets(context: Context): StoreResponse {
  const { query } = context.request
  const { buckets, token } = pageOfBuckets(context, false, 'max-buckets', 10_000)
  const prefix = query.get('prefix')
  // Amazon S3 tells the region to those who use what is newer than the first form of the request.
  const isPaged = ['prefix', 'max-buckets', 'continuation-token', 'bucket-region'].some((name) => query.has(name))
  const Bucket = buckets.map((bucket) => ({
    Name: bucket.name,
    CreationDate: isoDate(bucket.created),
    BucketRegion: isPaged ? bucket.region : undefined,
    BucketArn: arnOf(bucket),
  }))
  const content = {
    Owner: { ID: OWNER_ID },
    Buckets: { Bucket },
    ContinuationToken: token,
    Prefix: prefix || undefined,
  }
  return respondXml(200, 'ListAllMyBucketsResult', content)
}

/** ListDirectoryBuckets: the others. @throws S3Error 400 InvalidArgument for max-directory-buckets out of 1 to 1,000 */
export function listDirectoryBuckets(context: Context): StoreResponse {
  const { buckets, token } = pageOfBuckets(context, true, 'max-directory-buckets', 1_000)
  const Bucket = buckets.map((bucket) => ({
    Name: bucket.name,
    CreationDate: isoDate(bucket.created),
    BucketRegion: bucket.region,
    BucketArn: arnOf(bucket),
  }))
  return respondXml(200, 'ListAllMyDirectoryBucketsResult', { Buckets: { Bucket }, ContinuationToken: token })
}

function pageOfBuckets({ state, request: { query } }: Context, isDirectory: boolean, name: string, most: number) {
  const asked = query.get(name) || String(most)
  const max = /^\d+$/.test(asked) ? Number(asked) : 0
  if (max < 1 || max > most) {
    throw invalidArgument(`Argument ${name} must be an integer between 1 and ${most}`, name, asked)
  }
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64url').toString()
  const prefix = query.get('prefix') ?? ''
  const regionAsked = query.get('bucket-region')
  const all = [...state.buckets.values()]
    .filter((bucket) => bucket.isDirectory === isDirectory && bucket.name.startsWith(prefix) && bucket.name > after)
    .filter(({ region }) => !regionAsked || region === regionAsked)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const buckets = all.slice(0, max)
  const last = all.length > max ? buckets.at(-1)?.name : undefined
  return { buckets, ...(last !== undefined && { token: Buffer.from(last).toString('base64url') }) }
}

const SESSION_MS = 300_000

/**
 * CreateSession: the session has the caller's own key pair. The bucket need not exist: at an endpoint of its own, the SDK
 * asks for a session before it creates a directory bucket.
 * @throws S3Error 404 NoSuchBucket for a general purpose bucket; 403 AccessDenied without a signature; 400 InvalidRequest for a general purpose bucket
 */
export function createSession(context: Context): StoreResponse {
  const { options, who, now, request } = context
  if (!request.isDirectory && bucketOf(context)) {
    throw new S3Error(400, 'InvalidRequest', 'This operation is supported for directory buckets only.')
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

/** GetBucketLocation: empty for us-east-1, and what the bucket was created with otherwise. @throws S3Error 404 */
export function getBucketLocation(context: Context): StoreResponse {
  const { region, settings } = bucketOf(context)
  const constraint = settings.get('location') ?? (region === 'us-east-1' ? '' : region)
  return respondXml(200, 'LocationConstraint', constraint)
}
