import { PutObjectCommand, RenameObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const options = docs('directory-buckets-objects-rename', { needs: ['directory-bucket'] })

describe(
  'A rename can be conditional on the ETag of its source; a 412 reports that condition as If-Match',
  options,
  () => {
    test(
      "RenameObject with x-amz-rename-source-if-match succeeds for the source's current ETag",
      evidence(facts.E05),
      async ({ s3, directoryObject, directoryKey }) => {
        const { address, body, ETag } = directoryObject
        const RenameSource = encodeURIComponent(address.Key)

        await s3.send(new RenameObjectCommand({ ...directoryKey, RenameSource, SourceIfMatch: ETag }))

        await expect(directoryKey).toHaveBody(body)
        await expect(directoryObject).toHaveNoObject()
      },
    )

    test(
      'RenameObject with x-amz-rename-source-if-match succeeds for the ETag that an append returned',
      evidence(facts.E25),
      async ({ s3, directoryObject, directoryKey }) => {
        const { address, body } = directoryObject
        const append = new PutObjectCommand({ ...address, Body: 'more', WriteOffsetBytes: body.length })
        const { ETag } = await s3.send(append)
        const RenameSource = encodeURIComponent(address.Key)

        await s3.send(new RenameObjectCommand({ ...directoryKey, RenameSource, SourceIfMatch: ETag }))

        await expect(directoryKey).toHaveBody(`${body}more`)
        await expect(directoryObject).toHaveNoObject()
      },
    )

    test(
      "RenameObject with x-amz-rename-source-if-match fails with 412 for an ETag other than the source's",
      evidence(facts.E03),
      async ({ s3, directoryObject, directoryKey }) => {
        const RenameSource = encodeURIComponent(directoryObject.address.Key)

        const rename = s3.send(new RenameObjectCommand({ ...directoryKey, RenameSource, SourceIfMatch: anotherETag }))

        await expect(rename).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
        await expect(directoryKey).toHaveNoObject()
        await expect(directoryObject).toBeUnchanged()
      },
    )
  },
)
