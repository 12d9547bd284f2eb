import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const options = docs('conditional-writes', { needs: ['directory-bucket'] })

describe('A copy into a directory bucket supports conditions on its destination', options, () => {
  test(
    'CopyObject into a directory bucket with If-None-Match: * succeeds when the destination does not exist',
    evidence(facts.D15),
    async ({ s3, sharedObject, directoryKey }) => {
      await s3.send(new CopyObjectCommand({ ...directoryKey, ...sharedObject.source, IfNoneMatch: '*' }))

      await expect(directoryKey).toHaveBody(sharedObject.body)
    },
  )

  test(
    'CopyObject into a directory bucket with If-None-Match: * fails with 412 when the destination exists',
    evidence(facts.D15),
    async ({ s3, sharedObject, directoryObject }) => {
      const { address } = directoryObject

      const copy = s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfNoneMatch: '*' }))

      await expect(copy).toFailWith(412, 'PreconditionFailed')
      await expect(directoryObject).toBeUnchanged()
    },
  )

  test(
    "CopyObject into a directory bucket with If-Match succeeds for the destination's current ETag",
    evidence(facts.D15),
    async ({ s3, sharedObject, directoryObject }) => {
      const { address, ETag } = directoryObject

      await s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

      await expect(directoryObject).toHaveBody(sharedObject.body)
    },
  )

  test(
    "CopyObject into a directory bucket with If-Match fails with 412 for an ETag other than the destination's",
    evidence(facts.D15),
    async ({ s3, sharedObject, directoryObject }) => {
      const { address } = directoryObject

      const copy = s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: anotherETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed')
      await expect(directoryObject).toBeUnchanged()
    },
  )
})
