import { PutObjectCommand, RenameObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

describe('Only directory buckets support rename and append', docs('directory-buckets-objects-append'), () => {
  test(
    'PutObject with a write offset fails with 501 NotImplemented in a general purpose bucket',
    evidence(facts.E16),
    async ({ s3, object }) => {
      const { address, body } = object

      const write = s3.send(new PutObjectCommand({ ...address, Body: 'more', WriteOffsetBytes: body.length }))

      await expect(write).toFailWith(501, 'NotImplemented')
      await expect(object).toBeUnchanged()
    },
  )

  test('RenameObject fails with 501 in a general purpose bucket', evidence(facts.E09), async ({ s3, key, object }) => {
    const rename = s3.send(new RenameObjectCommand({ ...key, RenameSource: encodeURIComponent(object.address.Key) }))

    await expect(rename).toFailWith(501)
    await expect(key).toHaveNoObject()
    await expect(object).toBeUnchanged()
  })
})
