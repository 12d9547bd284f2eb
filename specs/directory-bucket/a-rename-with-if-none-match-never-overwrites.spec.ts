import { RenameObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const options = docs('directory-buckets-objects-rename', { needs: ['directory-bucket'] })

describe('A rename with If-None-Match: * never overwrites', options, () => {
  test(
    "RenameObject with If-None-Match: * succeeds when the source's ETag matches and the destination does not exist",
    evidence(facts.E05),
    async ({ s3, directoryObject, directoryKey }) => {
      const { address, body, ETag } = directoryObject
      const RenameSource = encodeURIComponent(address.Key)

      const rename = { ...directoryKey, RenameSource, SourceIfMatch: ETag, DestinationIfNoneMatch: '*' }
      await s3.send(new RenameObjectCommand(rename))

      await expect(directoryKey).toHaveBody(body)
      await expect(directoryObject).toHaveNoObject()
    },
  )

  test(
    'RenameObject with If-None-Match: * fails with 412 when the destination exists',
    evidence(facts.E01),
    async ({ s3, directoryObject, newObject, directoryBucket }) => {
      const destination = await newObject(directoryBucket)
      const RenameSource = encodeURIComponent(directoryObject.address.Key)

      const rename = s3.send(
        new RenameObjectCommand({ ...destination.address, RenameSource, DestinationIfNoneMatch: '*' }),
      )

      await expect(rename).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(destination).toBeUnchanged()
      await expect(directoryObject).toBeUnchanged()
    },
  )
})
