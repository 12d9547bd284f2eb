import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

describe(
  'A copy into a directory bucket takes conditions on its destination, too',
  docs('conditional-writes', { needs: ['directory-bucket'] }),
  () => {
    test('If-None-Match: * copies to a free key', evidence(facts.D15), async ({ s3, sharedObject, directoryKey }) => {
      await s3.send(new CopyObjectCommand({ ...directoryKey, ...sharedObject.source, IfNoneMatch: '*' }))

      await expect(directoryKey).toHaveBody(sharedObject.body)
    })

    test('If-None-Match: * never overwrites', evidence(facts.D15), async ({ s3, sharedObject, directoryObject }) => {
      const copy = s3.send(
        new CopyObjectCommand({ ...directoryObject.address, ...sharedObject.source, IfNoneMatch: '*' }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed')
      await expect(directoryObject).toBeUnchanged()
    })

    test(
      'If-Match overwrites the named entity tag',
      evidence(facts.D15),
      async ({ s3, sharedObject, directoryObject }) => {
        const { address, ETag } = directoryObject

        await s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

        await expect(directoryObject).toHaveBody(sharedObject.body)
      },
    )

    test('If-Match overwrites no other', evidence(facts.D15), async ({ s3, sharedObject, directoryObject }) => {
      const copy = s3.send(
        new CopyObjectCommand({ ...directoryObject.address, ...sharedObject.source, IfMatch: anotherETag }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed')
      await expect(directoryObject).toBeUnchanged()
    })
  },
)
