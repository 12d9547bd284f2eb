import { RenameObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

describe(
  'A rename with If-Match overwrites only the entity tag that it names',
  docs('directory-buckets-objects-rename', { needs: ['directory-bucket'] }),
  () => {
    test('is 412 for another one', evidence(facts.E02), async ({ s3, directoryObject, newObject, directoryBucket }) => {
      const destination = await newObject(directoryBucket)
      const RenameSource = encodeURIComponent(directoryObject.address.Key)

      const rename = { ...destination.address, RenameSource, DestinationIfMatch: anotherETag }

      await expect(s3.send(new RenameObjectCommand(rename))).toFailWith(412, 'PreconditionFailed', {
        Condition: 'If-Match',
      })
      await expect(destination).toBeUnchanged()
      await expect(directoryObject).toBeUnchanged()
    })

    test(
      'overwrites the one that is there',
      evidence(facts.E05),
      async ({ s3, directoryObject, newObject, directoryBucket }) => {
        const { address, ETag } = await newObject(directoryBucket)
        const RenameSource = encodeURIComponent(directoryObject.address.Key)

        const rename = { ...address, RenameSource, DestinationIfMatch: ETag, SourceIfMatch: directoryObject.ETag }
        await s3.send(new RenameObjectCommand(rename))

        await expect(directoryObject).toHaveNoObject()
      },
    )

    test(
      'is 412 and not 501 with If-None-Match: *, too',
      evidence(facts.E04),
      async ({ s3, directoryObject, newObject, directoryBucket }) => {
        const destination = await newObject(directoryBucket)
        const RenameSource = encodeURIComponent(directoryObject.address.Key)

        const both = { DestinationIfMatch: anotherETag, DestinationIfNoneMatch: '*' }
        const rename = s3.send(new RenameObjectCommand({ ...destination.address, RenameSource, ...both }))

        await expect(rename).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
        await expect(destination).toBeUnchanged()
        await expect(directoryObject).toBeUnchanged()
      },
    )
  },
)
