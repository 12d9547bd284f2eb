import { deleteAnnotation, getAnnotation, listAnnotations, putAnnotation } from './annotations.ts'
import { getAttributes } from './attributes.ts'
import * as defaults from './bucket-defaults.ts'
import * as policies from './bucket-policy.ts'
import * as buckets from './buckets.ts'
import { completeUpload } from './complete.ts'
import type { Context } from './context.ts'
import { copyObject, uploadPartCopy } from './copy.ts'
import * as cors from './cors.ts'
import { deleteObject, deleteObjects } from './delete.ts'
import { appendObject, renameObject } from './directory.ts'
import * as listing from './listing.ts'
import * as uploads from './listing-uploads.ts'
import * as versions from './listing-versions.ts'
import type { StoreResponse } from './message.ts'
import type { OperationName } from './operations.ts'
import { readObject } from './read.ts'
import { getRetention, putRetention } from './retention.ts'
import * as settings from './settings.ts'
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './tags.ts'
import { abortUpload, createUpload, uploadPart } from './upload.ts'
import * as website from './website.ts'
import { putObject } from './write.ts'

/** Carries out a request, and returns its response; it throws S3Error for one that fails. */
export type Handler = (context: Context) => StoreResponse

/** PutObject, which appends to an object of a directory bucket if it has an offset. */
const put: Handler = (context) => {
  const { isDirectory, conditions } = context.request
  return isDirectory && conditions.writeOffsetBytes !== undefined ? appendObject(context) : putObject(context)
}

/** What carries out each operation. */
export const HANDLERS: Readonly<Record<OperationName, Handler>> = {
  ListBuckets: buckets.listBuckets,
  ListDirectoryBuckets: buckets.listDirectoryBuckets,
  CreateSession: buckets.createSession,
  CreateBucket: buckets.createBucket,
  HeadBucket: buckets.headBucket,
  DeleteBucket: buckets.deleteBucket,
  GetBucketLocation: buckets.getBucketLocation,

  ListObjects: listing.listObjects,
  ListObjectsV2: listing.listObjectsV2,
  ListObjectVersions: versions.listObjectVersions,
  ListMultipartUploads: uploads.listMultipartUploads,
  ListParts: uploads.listParts,

  GetObject: readObject,
  HeadObject: readObject,
  PutObject: put,
  CopyObject: copyObject,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  GetObjectAttributes: getAttributes,
  CreateMultipartUpload: createUpload,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
  CompleteMultipartUpload: completeUpload,
  AbortMultipartUpload: abortUpload,
  RenameObject: renameObject,
  GetObjectAnnotation: getAnnotation,
  PutObjectAnnotation: putAnnotation,
  DeleteObjectAnnotation: deleteAnnotation,
  ListObjectAnnotations: listAnnotations,
  GetObjectTagging: getObjectTagging,
  PutObjectTagging: putObjectTagging,
  DeleteObjectTagging: deleteObjectTagging,
  GetObjectRetention: getRetention,
  PutObjectRetention: putRetention,

  Preflight: cors.preflight,
  GetBucketVersioning: settings.getBucketVersioning,
  PutBucketVersioning: settings.putBucketVersioning,
  GetBucketPolicy: policies.getBucketPolicy,
  PutBucketPolicy: policies.putBucketPolicy,
  DeleteBucketPolicy: policies.deleteBucketPolicy,
  GetBucketCors: cors.getBucketCors,
  PutBucketCors: cors.putBucketCors,
  DeleteBucketCors: cors.deleteBucketCors,
  GetBucketWebsite: website.getBucketWebsite,
  PutBucketWebsite: website.putBucketWebsite,
  DeleteBucketWebsite: website.deleteBucketWebsite,
  GetBucketTagging: settings.getBucketTagging,
  PutBucketTagging: settings.putBucketTagging,
  DeleteBucketTagging: settings.deleteBucketTagging,
  GetBucketEncryption: defaults.getBucketEncryption,
  PutBucketEncryption: defaults.putBucketEncryption,
  DeleteBucketEncryption: defaults.deleteBucketEncryption,
  GetPublicAccessBlock: policies.getPublicAccessBlock,
  PutPublicAccessBlock: policies.putPublicAccessBlock,
  DeletePublicAccessBlock: policies.deletePublicAccessBlock,
  GetObjectLockConfiguration: defaults.getObjectLockConfiguration,
  PutObjectLockConfiguration: defaults.putObjectLockConfiguration,
}
