import { RenameObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const options = docs('directory-buckets-objects-rename', { needs: ['directory-bucket'] })

describe('A rename with If-Match overwrites only the object with the named ETag', options, () => {
  test(
    "RenameObject with If-Match fails with 412 for an ETag other than the destination's",
    evidence(facts.E02),
    async ({ s3, directoryObject, newObject, directoryBucket }) => {
      const destination = await newObject(directoryBucket)
      const RenameSource = encodeURIComponent(directoryObject.address.Key)

      const rename = s3.send(
        new RenameObjectCommand({ ...destination.address, RenameSource, DestinationIfMatch: anotherETag }),
      )

      await expect(rename).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(destination).toBeUnchanged()
      await expect(directoryObject).toBeUnchanged()
    },
  )

  test(
    'RenameObject with If-Match and x-amz-rename-source-if-match succeeds when both ETags are current',
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
    "RenameObject with If-Match and If-None-Match: * fails with 412, not 501, for an ETag other than the destination's",
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
})
