import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneSecondBefore, test } from '../../support/test'

describe('Date conditions work for a source in a versioned bucket', docs('conditional-reads'), () => {
  test(
    'CopyObject from a versioned bucket succeeds when x-amz-copy-source-if-modified-since is before Last-Modified',
    evidence(facts.C07),
    async ({ s3, versionedObject: { source, body, LastModified, VersionId }, key }) => {
      const earlier = oneSecondBefore(LastModified)
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfModifiedSince: earlier }))

      await expect(copy).toHaveOutput({ CopySourceVersionId: VersionId })
      await expect(key).toHaveBody(body)
    },
  )

  test(
    'CopyObject from a versioned bucket fails with 412 when x-amz-copy-source-if-modified-since equals Last-Modified',
    evidence(facts.C06),
    async ({ s3, versionedObject: { source, LastModified }, key }) => {
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfModifiedSince: LastModified }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Modified-Since' })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'CopyObject from a versioned bucket succeeds when x-amz-copy-source-if-unmodified-since equals Last-Modified',
    evidence(facts.C09),
    async ({ s3, versionedObject: { source, body, LastModified, VersionId }, key }) => {
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfUnmodifiedSince: LastModified }))

      await expect(copy).toHaveOutput({ CopySourceVersionId: VersionId })
      await expect(key).toHaveBody(body)
    },
  )

  test(
    'CopyObject from a versioned bucket fails with 412 when x-amz-copy-source-if-unmodified-since is before Last-Modified',
    evidence(facts.C10),
    async ({ s3, versionedObject: { source, LastModified }, key }) => {
      const earlier = oneSecondBefore(LastModified)
      const copy = s3.send(new CopyObjectCommand({ ...key, ...source, CopySourceIfUnmodifiedSince: earlier }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Unmodified-Since' })
      await expect(key).toHaveNoObject()
    },
  )
})
