import { RenameObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

describe(
  'A rename has to have a source, which no condition can ask to be missing',
  docs('directory-buckets-objects-rename', { needs: ['directory-bucket'] }),
  () => {
    test(
      'x-amz-rename-source-if-none-match: * is always 412',
      evidence(facts.E06),
      async ({ s3, directoryObject, directoryKey }) => {
        const RenameSource = encodeURIComponent(directoryObject.address.Key)

        const rename = s3.send(new RenameObjectCommand({ ...directoryKey, RenameSource, SourceIfNoneMatch: '*' }))

        await expect(rename).toFailWith(412, 'PreconditionFailed')
        await expect(directoryKey).toHaveNoObject()
        await expect(directoryObject).toBeUnchanged()
      },
    )

    test('is 404 where there is nothing to rename', evidence(facts.E07), async ({ s3, directoryKey, newKey }) => {
      const missing = newKey(directoryKey.Bucket)

      const rename = s3.send(
        new RenameObjectCommand({ ...directoryKey, RenameSource: encodeURIComponent(missing.Key) }),
      )

      await expect(rename).toFailWith(404)
      await expect(directoryKey).toHaveNoObject()
    })
  },
)
