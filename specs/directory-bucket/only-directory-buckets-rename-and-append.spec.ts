import { PutObjectCommand, RenameObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('Only directory buckets rename and append', docs('directory-buckets-objects-append'), () => {
  test('an append in a general purpose bucket is 501', evidence(facts.E16), async ({ s3, ownObject }) => {
    const { address, body } = ownObject

    const write = s3.send(new PutObjectCommand({ ...address, Body: 'more', WriteOffsetBytes: body.length }))

    await expect(write).toBeRefused(501, 'NotImplemented')
    await expect(ownObject).toBeUntouched()
  })

  test('a rename in a general purpose bucket is 501', evidence(facts.E09), async ({ s3, key, ownObject }) => {
    const rename = s3.send(new RenameObjectCommand({ ...key, RenameSource: encodeURIComponent(ownObject.address.Key) }))

    await expect(rename).toBeRefused(501)
    await expect(key).toHoldNothing()
    await expect(ownObject).toBeUntouched()
  })
})
