import { RenameObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const options = docs('directory-buckets-objects-rename', { needs: ['directory-bucket'] })

describe('A rename requires an existing source', options, () => {
  test(
    'RenameObject with x-amz-rename-source-if-none-match: * fails with 412 when the source exists',
    evidence(facts.E06),
    async ({ s3, directoryObject, directoryKey }) => {
      const RenameSource = encodeURIComponent(directoryObject.address.Key)

      const rename = s3.send(new RenameObjectCommand({ ...directoryKey, RenameSource, SourceIfNoneMatch: '*' }))

      await expect(rename).toFailWith(412, 'PreconditionFailed')
      await expect(directoryKey).toHaveNoObject()
      await expect(directoryObject).toBeUnchanged()
    },
  )

  test(
    'RenameObject fails with 404 when the source does not exist',
    evidence(facts.E07),
    async ({ s3, directoryKey, newKey }) => {
      const RenameSource = encodeURIComponent(newKey(directoryKey.Bucket).Key)

      const rename = s3.send(new RenameObjectCommand({ ...directoryKey, RenameSource }))

      await expect(rename).toFailWith(404)
      await expect(directoryKey).toHaveNoObject()
    },
  )
})
