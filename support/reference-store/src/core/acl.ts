import { bucketOf, type Context } from './context.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { respond } from './respond.ts'
import { objectAt } from './state.ts'
import type { StoredBucket } from './stored.ts'
import { addressedObject, versionHeader } from './tags.ts'
import { invalidArgument, notImplemented, OWNER_ID } from './values.ts'
import { allOf, readXml, textOf, type XmlElement } from './xml.ts'

// ACLs are disabled, as in every new bucket of Amazon S3: the owner has everything, and nobody else anything.

const OWNER = `<Owner><ID>${OWNER_ID}</ID></Owner>`
const GRANTEE = `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>${OWNER_ID}</ID></Grantee>`
const GRANT = `<Grant>${GRANTEE}<Permission>FULL_CONTROL</Permission></Grant>`
const ACL = `<?xml version="1.0" encoding="UTF-8"?>
<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${OWNER}<AccessControlList>${GRANT}</AccessControlList></AccessControlPolicy>`

const CANNED =
  /^(private|public-read|public-read-write|authenticated-read|aws-exec-read|log-delivery-write|bucket-owner-(read|full-control))$/
/** They give nobody more than the owner has anyway. */
const OWNERS_ONLY = /^(private|bucket-owner-full-control)$/

function theAcl(headers: Readonly<Record<string, string>> = {}): StoreResponse {
  return respond(200, { 'Content-Type': 'application/xml', ...headers }, [Buffer.from(ACL)])
}

/** GetBucketAcl. @throws S3Error 404 NoSuchBucket */
export function getBucketAcl(context: Context): StoreResponse {
  bucketOf(context)
  return theAcl()
}

/**
 * PutBucketAcl: accepts what gives the owner everything and nobody else anything.
 * @throws S3Error 404 NoSuchBucket; 400 AccessControlListNotSupported for every other ACL; 400 for what is no ACL; 501 in
 * a bucket with another object ownership than BucketOwnerEnforced, since this store does not evaluate ACLs
 */
export function putBucketAcl(context: Context): StoreResponse {
  checkAcl(context, bucketOf(context))
  return respond(200)
}

/** GetObjectAcl. @throws S3Error 404, or 405 for a delete marker that its version id addresses */
export function getObjectAcl(context: Context): StoreResponse {
  const { key = '', query } = context.request
  const current = objectAt(bucketOf(context), key)
  if (current?.kind === 'delete marker' && !query.has('versionId')) {
    throw new S3Error(404, 'NoSuchKey', '', { elements: { Key: key } })
  }
  const { bucket, object } = addressedObject(context)
  return theAcl(versionHeader(bucket, object))
}

/** PutObjectAcl: as PutBucketAcl. @throws S3Error the same; 404, or 405 for a delete marker */
export function putObjectAcl(context: Context): StoreResponse {
  const { bucket, object } = addressedObject(context)
  checkAcl(context, bucket)
  return respond(200, versionHeader(bucket, object))
}

function checkAcl({ request: { headers }, sent }: Context, { settings }: StoredBucket): void {
  const { 'x-amz-acl': canned } = headers
  const hasGrants = Object.keys(headers).some((name) => name.startsWith('x-amz-grant-'))
  const hasBody = (sent.body?.length ?? 0) > 0
  if (canned !== undefined && !CANNED.test(canned)) throw invalidArgument('', 'x-amz-acl', canned)
  if (canned !== undefined && hasGrants) {
    throw new S3Error(400, 'InvalidRequest', 'Specifying both Canned ACLs and Header Grants is not allowed')
  }
  if ((canned !== undefined || hasGrants) && hasBody) {
    throw new S3Error(400, 'UnexpectedContent', 'This request does not support content')
  }
  if (canned === undefined && !hasGrants && !hasBody) {
    throw new S3Error(400, 'MissingSecurityHeader', 'Your request was missing a required header', {
      elements: { MissingHeaderName: 'x-amz-acl' },
    })
  }
  const isOwners = hasBody ? isOwnersOnly(readAcl(sent.body)) : !hasGrants && OWNERS_ONLY.test(canned ?? '')
  if (isOwners) return
  if (!settings.get('ownershipControls')?.includes('BucketOwnerEnforced')) {
    throw notImplemented('This store does not evaluate access control lists: use a bucket policy.')
  }
  throw new S3Error(400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs')
}

function readAcl(body: Buffer | undefined): XmlElement {
  try {
    return readXml(body, 'AccessControlPolicy')
  } catch {
    const message = 'The XML you provided was not well-formed or did not validate against our published schema'
    throw new S3Error(400, 'MalformedACLError', message)
  }
}

function isOwnersOnly(acl: XmlElement): boolean {
  const grants = allOf(acl, 'AccessControlList').flatMap((list) => allOf(list, 'Grant'))
  return (
    grants.length > 0 &&
    grants.every(
      (grant) =>
        textOf(grant, 'Permission') === 'FULL_CONTROL' &&
        allOf(grant, 'Grantee').every((grantee) => textOf(grantee, 'ID') === OWNER_ID),
    )
  )
}
