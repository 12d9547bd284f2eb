import { requiredObject } from './addressed.ts'
import { bucketOf, type Context } from './context.ts'
import { type Headers, S3Error, type StoreResponse } from './message.ts'
import { respond, respondXml } from './respond.ts'
import type { Retention, StoredBucket, StoredObject } from './stored.ts'
import { invalidArgument, invalidRequest, notImplemented } from './values.ts'
import { malformed, readXml, textOf } from './xml.ts'

const MODE = 'x-amz-object-lock-mode'
const UNTIL = 'x-amz-object-lock-retain-until-date'
const BYPASS = 'x-amz-bypass-governance-retention'
const DAY = 86_400_000

export const isMode = (mode?: string): mode is string => mode === 'GOVERNANCE' || mode === 'COMPLIANCE'

const noObjectLock = () => invalidRequest('Bucket is missing Object Lock Configuration')

/**
 * Returns the retention that the request headers specify for a new version. If they specify none, returns the bucket's
 * default retention.
 * @throws S3Error 400 InvalidArgument for an invalid retention; 400 InvalidRequest if Object Lock is not enabled for
 *   the bucket; 501 for a legal hold
 */
export function retentionOf({ objectLock }: StoredBucket, headers: Headers, now: Date): Retention | undefined {
  const { [MODE]: mode, [UNTIL]: until } = headers
  if (headers['x-amz-object-lock-legal-hold']?.toUpperCase() === 'ON') {
    throw notImplemented('This store does not support legal holds. Omit x-amz-object-lock-legal-hold.')
  }
  if (mode === undefined && until === undefined) {
    if (!objectLock?.mode || objectLock.days === undefined) return undefined
    return { mode: objectLock.mode, until: new Date(now.getTime() + objectLock.days * DAY) }
  }
  if (mode === undefined || until === undefined) {
    throw invalidArgument(`${UNTIL} and ${MODE} must both be supplied`, mode === undefined ? MODE : UNTIL)
  }
  if (!isMode(mode)) throw invalidArgument('Unknown wormMode directive.', MODE, mode)
  if (!objectLock) throw noObjectLock()
  return { mode, until: futureDate(until, UNTIL, now) }
}

function futureDate(text: string, name: string, now: Date): Date {
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) {
    throw invalidArgument('The retain until date must be provided in ISO 8601 format', name, text)
  }
  if (date <= now) throw invalidArgument('The retain until date must be in the future!', name, text)
  return date
}

/**
 * @throws S3Error 400 InvalidRequest if a retention applies to the new version, but the request has neither a checksum
 *   nor Content-MD5
 */
export function requireDigest({ objectLock }: StoredBucket, headers: Headers): void {
  const isRetained = objectLock?.mode !== undefined || headers[MODE] !== undefined
  const hasDigest = Object.keys(headers).some((name) => /^(content-md5|x-amz-checksum-(?!type|mode))/.test(name))
  if (!isRetained || hasDigest) return
  throw invalidRequest(
    'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
  )
}

/**
 * @throws S3Error 400 if Object Lock is not enabled for the bucket, but the request has the header
 *   x-amz-bypass-governance-retention, even with the value `false`
 */
export function rejectBypass({ objectLock }: StoredBucket, headers: Headers): void {
  if (objectLock || headers[BYPASS] === undefined) return
  throw invalidArgument(`${BYPASS} is only applicable to Object Lock enabled buckets.`, BYPASS)
}

/** @throws S3Error 403 AccessDenied if Object Lock protects the version, unless the request bypasses governance mode */
export function requireUnlocked({ retainUntil }: Pick<StoredObject, 'retainUntil'>, headers: Headers, now: Date): void {
  const isBypassed = retainUntil?.mode === 'GOVERNANCE' && headers[BYPASS] === 'true'
  if (retainUntil && retainUntil.until > now && !isBypassed) {
    throw new S3Error(403, 'AccessDenied', 'Access Denied because object protected by object lock.')
  }
}

/**
 * Handles GetObjectRetention.
 * @throws S3Error 400 if Object Lock is not enabled for the bucket; 404 if the version does not exist or has no
 *   retention; 405 for a version id that identifies a delete marker
 */
export function getRetention(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const { retainUntil } = requiredObject(context)
  if (!bucket.objectLock) throw noObjectLock()
  if (!retainUntil) {
    const message = 'The specified object does not have a ObjectLock configuration'
    throw new S3Error(404, 'NoSuchObjectLockConfiguration', message)
  }
  return respondXml(200, 'Retention', { Mode: retainUntil.mode, RetainUntilDate: retainUntil.until.toISOString() })
}

/**
 * Handles PutObjectRetention. An empty document removes the retention.
 * @throws S3Error 400 for an invalid document or if Object Lock is not enabled for the bucket; 403 if the request
 *   removes, shortens or weakens the current retention without bypassing it; 404 if the version does not exist; 405 for
 *   a version id that identifies a delete marker
 */
export function putRetention(context: Context): StoreResponse {
  const { request, now } = context
  const bucket = bucketOf(context)
  const object = requiredObject(context)
  if (!bucket.objectLock) throw noObjectLock()
  const next = retentionIn(context)
  const { retainUntil: old } = object
  const isKept = old && next && next.until >= old.until && (old.mode === 'GOVERNANCE' || next.mode === 'COMPLIANCE')
  if (!isKept) requireUnlocked(object, request.headers, now)
  object.retainUntil = next
  return respond(200)
}

function retentionIn({ sent, now }: Context): Retention | undefined {
  const xml = readXml(sent.body, 'Retention')
  const [mode, until] = [textOf(xml, 'Mode'), textOf(xml, 'RetainUntilDate')]
  if (mode === undefined && until === undefined) return undefined
  if (until === undefined || !isMode(mode)) throw malformed()
  return { mode, until: futureDate(until, 'RetainUntilDate', now) }
}
