import { createHash, createHmac } from 'node:crypto'
import type { StoreOptions } from './context.ts'
import { S3Error, type StoreRequest } from './message.ts'

// Functions shared by Signature Versions 2 and 4.

export type Signers = Pick<StoreOptions, 'owner' | 'secondUser' | 'verifySignatures' | 'now'>

/** The maximum allowed clock skew, in milliseconds. */
const SKEW = 15 * 60 * 1000

/** @throws S3Error 403 InvalidAccessKeyId */
export function secretOf(keyId: string, { owner, secondUser }: Pick<Signers, 'owner' | 'secondUser'>): string {
  const pair = [owner, secondUser].find(({ accessKeyId }) => accessKeyId === keyId)
  if (!pair) throw new S3Error(403, 'InvalidAccessKeyId', '', { elements: { AWSAccessKeyId: keyId } })
  return pair.secretAccessKey
}

export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

export function hmac(key: Buffer | string, text: string, algorithm = 'sha256'): Buffer {
  return createHmac(algorithm, key).update(text).digest()
}

/** Returns a 403 SignatureDoesNotMatch error that contains the string to sign. */
export function mismatch(keyId: string, provided: string, toSign = '', canonical?: string): S3Error {
  const elements = {
    AWSAccessKeyId: keyId,
    StringToSign: toSign,
    SignatureProvided: provided,
    ...(canonical !== undefined && { CanonicalRequest: canonical }),
  }
  return new S3Error(403, 'SignatureDoesNotMatch', '', { elements })
}

/** Returns the 403 error for an expired presigned URL. */
export function expired(at: Date, now: Date, seconds?: string): S3Error {
  const elements = {
    ...(seconds !== undefined && { 'X-Amz-Expires': seconds }),
    Expires: secondsOf(at),
    ServerTime: secondsOf(now),
  }
  return new S3Error(403, 'AccessDenied', 'Request has expired', { elements })
}

/**
 * Returns the signing time from `x-amz-date` or `Date`.
 * @throws S3Error 403 AccessDenied if it is missing or invalid
 */
export function signedAt({ date, 'x-amz-date': own = date }: StoreRequest['headers']): Date {
  const signed = timeIn(own)
  if (signed) return signed
  throw new S3Error(403, 'AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header')
}

/** @throws S3Error 403 RequestTimeTooSkewed if the signing time differs from `now` by more than 15 minutes */
export function checkSkew(headers: StoreRequest['headers'], now: Date): void {
  if (Math.abs(now.getTime() - signedAt(headers).getTime()) <= SKEW) return
  const sent = headers['x-amz-date'] ?? headers.date ?? ''
  const elements = { RequestTime: sent, ServerTime: secondsOf(now), MaxAllowedSkewMilliseconds: String(SKEW) }
  throw new S3Error(403, 'RequestTimeTooSkewed', '', { elements })
}

function secondsOf(date: Date): string {
  return date.toISOString().replace(/\.\d+/, '')
}

/** Parses a date in ISO 8601 basic format, such as `20261125T101112Z`, or an HTTP date. */
export function timeIn(text = ''): Date | undefined {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? []
  const [year, month, day, hour, minute, second] = parts
  const date = new Date(parts.length > 0 ? `${year}-${month}-${day}T${hour}:${minute}:${second}Z` : text)
  return Number.isNaN(date.getTime()) ? undefined : date
}
