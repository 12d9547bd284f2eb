import { PutObjectCommand, RenameObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

describe(
  'A condition on what is renamed reads If-Match in a refusal',
  docs('directory-buckets-objects-rename', { needs: ['directory-bucket'] }),
  () => {
    test('renames for the current entity tag', evidence(facts.E05), async ({ s3, directoryObject, directoryKey }) => {
      const { address, body, ETag } = directoryObject

      await s3.send(
        new RenameObjectCommand({
          ...directoryKey,
          RenameSource: encodeURIComponent(address.Key),
          SourceIfMatch: ETag,
        }),
      )

      await expect(directoryKey).toHaveBody(body)
      await expect(directoryObject).toHaveNoObject()
    })

    test(
      'renames for the one that an append has returned',
      evidence(facts.E25),
      async ({ s3, directoryObject, directoryKey }) => {
        const { address, body } = directoryObject
        const append = new PutObjectCommand({ ...address, Body: 'more', WriteOffsetBytes: body.length })
        const { ETag } = await s3.send(append)

        await s3.send(
          new RenameObjectCommand({
            ...directoryKey,
            RenameSource: encodeURIComponent(address.Key),
            SourceIfMatch: ETag,
          }),
        )

        await expect(directoryKey).toHaveBody(`${body}more`)
        await expect(directoryObject).toHaveNoObject()
      },
    )

    test('is 412 for another one', evidence(facts.E03), async ({ s3, directoryObject, directoryKey }) => {
      const RenameSource = encodeURIComponent(directoryObject.address.Key)

      const rename = s3.send(new RenameObjectCommand({ ...directoryKey, RenameSource, SourceIfMatch: anotherETag }))

      await expect(rename).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(directoryKey).toHaveNoObject()
      await expect(directoryObject).toBeUnchanged()
    })
  },
)
