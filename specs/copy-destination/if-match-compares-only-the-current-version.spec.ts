import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe(
  'CopyObject with If-Match compares only the current version of the destination',
  docs('conditional-writes'),
  () => {
    test(
      'CopyObject with If-Match fails with 412 for the ETag of a noncurrent version of the destination',
      evidence(facts.D07),
      async ({ s3, sharedObject, versionedObject, snapshot }) => {
        const { address, ETag } = versionedObject
        await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))
        const second = await snapshot(address)

        const copy = s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

        await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
        await expect(second).toBeUnchanged()
      },
    )

    test(
      'CopyObject with If-Match succeeds for the ETag of the current version of the destination',
      evidence(facts.D06),
      async ({ s3, sharedObject, versionedObject }) => {
        const { address } = versionedObject
        const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'second' }))

        await s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

        await expect(versionedObject).toHaveBody(sharedObject.body)
        await expect(versionedObject).toHaveVersions(3)
      },
    )
  },
)
