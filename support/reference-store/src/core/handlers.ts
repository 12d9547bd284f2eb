import { deleteAnnotation, getAnnotation, listAnnotations, putAnnotation } from './annotations.ts'
import { getAttributes } from './attributes.ts'
import { ENCRYPTION, OBJECT_LOCK } from './bucket-defaults.ts'
import { deleteBucketPolicy, getBucketPolicy, PUBLIC_ACCESS_BLOCK, putBucketPolicy } from './bucket-policy.ts'
import * as buckets from './buckets.ts'
import { completeUpload } from './complete.ts'
import { copyObject, uploadPartCopy } from './copy.ts'
import { CORS, preflight } from './cors.ts'
import { deleteObject, deleteObjects } from './delete.ts'
import { appendObject, renameObject } from './directory.ts'
import { listObjects } from './listing.ts'
import { listMultipartUploads, listParts } from './listing-uploads.ts'
import { listObjectVersions } from './listing-versions.ts'
import type { OperationName } from './operations.ts'
import { readObject } from './read.ts'
import { getRetention, putRetention } from './retention.ts'
import { type Handler, settingHandlers, TAGGING, VERSIONING } from './settings.ts'
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './tags.ts'
import { abortUpload, createUpload, uploadPart } from './upload.ts'
import { WEBSITE } from './website.ts'
import { putObject } from './write.ts'

const put: Handler = (context) => {
  const { isDirectory, conditions } = context.request
  return isDirectory && conditions.writeOffsetBytes !== undefined ? appendObject(context) : putObject(context)
}

export const HANDLERS: Readonly<Record<OperationName, Handler>> = {
  ListBuckets: buckets.listBuckets,
  ListDirectoryBuckets: buckets.listDirectoryBuckets,
  CreateSession: buckets.createSession,
  CreateBucket: buckets.createBucket,
  HeadBucket: buckets.headBucket,
  DeleteBucket: buckets.deleteBucket,
  GetBucketLocation: buckets.getBucketLocation,

  ListObjects: listObjects,
  ListObjectsV2: listObjects,
  ListObjectVersions: listObjectVersions,
  ListMultipartUploads: listMultipartUploads,
  ListParts: listParts,

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

  Preflight: preflight,
  GetBucketPolicy: getBucketPolicy,
  PutBucketPolicy: putBucketPolicy,
  DeleteBucketPolicy: deleteBucketPolicy,
  ...settingHandlers('BucketVersioning', VERSIONING),
  ...settingHandlers('BucketCors', CORS),
  ...settingHandlers('BucketWebsite', WEBSITE),
  ...settingHandlers('BucketTagging', TAGGING),
  ...settingHandlers('BucketEncryption', ENCRYPTION),
  ...settingHandlers('PublicAccessBlock', PUBLIC_ACCESS_BLOCK),
  ...settingHandlers('ObjectLockConfiguration', OBJECT_LOCK),
}
