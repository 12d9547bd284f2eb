import { deleteAnnotation, getAnnotation, listAnnotations, putAnnotation } from './annotations.ts'
import { getAttributes, getObjectAcl, getRetention, putObjectAcl, putRetention } from './attributes.ts'
import * as buckets from './buckets.ts'
import { completeUpload } from './complete.ts'
import type { Context } from './context.ts'
import { copyObject, uploadPartCopy } from './copy.ts'
import { preflight } from './cors.ts'
import { deleteObject, deleteObjects } from './delete.ts'
import { appendObject, renameObject } from './directory.ts'
import * as listing from './listing.ts'
import type { StoreResponse } from './message.ts'
import type { OperationName } from './operations.ts'
import { readObject } from './read.ts'
import * as settings from './settings.ts'
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './tags.ts'
import { abortUpload, createUpload, uploadPart } from './upload.ts'
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
  ListObjectVersions: listing.listObjectVersions,
  ListMultipartUploads: listing.listMultipartUploads,
  ListParts: listing.listParts,

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
  GetObjectAcl: getObjectAcl,
  PutObjectAcl: putObjectAcl,

  Preflight: preflight,
  GetBucketVersioning: settings.getBucketVersioning,
  PutBucketVersioning: settings.putBucketVersioning,
  GetBucketPolicy: settings.getBucketPolicy,
  PutBucketPolicy: settings.putBucketPolicy,
  DeleteBucketPolicy: settings.deleteBucketPolicy,
  GetBucketCors: settings.getBucketCors,
  PutBucketCors: settings.putBucketCors,
  DeleteBucketCors: settings.deleteBucketCors,
  GetBucketWebsite: settings.getBucketWebsite,
  PutBucketWebsite: settings.putBucketWebsite,
  DeleteBucketWebsite: settings.deleteBucketWebsite,
  GetBucketTagging: settings.getBucketTagging,
  PutBucketTagging: settings.putBucketTagging,
  DeleteBucketTagging: settings.deleteBucketTagging,
  GetBucketEncryption: settings.getBucketEncryption,
  PutBucketEncryption: settings.putBucketEncryption,
  DeleteBucketEncryption: settings.deleteBucketEncryption,
  GetPublicAccessBlock: settings.getPublicAccessBlock,
  PutPublicAccessBlock: settings.putPublicAccessBlock,
  DeletePublicAccessBlock: settings.deletePublicAccessBlock,
  GetBucketOwnershipControls: settings.getBucketOwnershipControls,
  PutBucketOwnershipControls: settings.putBucketOwnershipControls,
  DeleteBucketOwnershipControls: settings.deleteBucketOwnershipControls,
  GetObjectLockConfiguration: settings.getObjectLockConfiguration,
  PutObjectLockConfiguration: settings.putObjectLockConfiguration,
  GetBucketLifecycleConfiguration: settings.getBucketLifecycleConfiguration,
  PutBucketLifecycleConfiguration: settings.putBucketLifecycleConfiguration,
  DeleteBucketLifecycle: settings.deleteBucketLifecycle,
  GetBucketAcl: settings.getBucketAcl,
  PutBucketAcl: settings.putBucketAcl,
}
