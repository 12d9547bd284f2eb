import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

describe(
  'A copy into a directory bucket takes conditions on its destination, too',
  docs('conditional-writes', { needs: ['directory-bucket'] }),
  () => {
    test('If-None-Match: * copies to a free key', evidence(facts.D15), async ({ s3, object, directoryKey }) => {
      await s3.send(new CopyObjectCommand({ ...directoryKey, ...object.source, IfNoneMatch: '*' }))

      await expect(directoryKey).toHoldObject(object.body)
    })

    test('If-None-Match: * never overwrites', evidence(facts.D15), async ({ s3, object, directoryObject }) => {
      const copy = s3.send(new CopyObjectCommand({ ...directoryObject.address, ...object.source, IfNoneMatch: '*' }))

      await expect(copy).toBeRefused(412, 'PreconditionFailed')
      await expect(directoryObject).toBeUntouched()
    })

    test('If-Match overwrites the named entity tag', evidence(facts.D15), async ({ s3, object, directoryObject }) => {
      const { address, ETag } = directoryObject

      await s3.send(new CopyObjectCommand({ ...address, ...object.source, IfMatch: ETag }))

      await expect(directoryObject).toHoldObject(object.body)
    })

    test('If-Match overwrites no other', evidence(facts.D15), async ({ s3, object, directoryObject }) => {
      const copy = s3.send(
        new CopyObjectCommand({ ...directoryObject.address, ...object.source, IfMatch: anotherETag }),
      )

      await expect(copy).toBeRefused(412, 'PreconditionFailed')
      await expect(directoryObject).toBeUntouched()
    })
  },
)
