import { RenameObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const options = docs('directory-buckets-objects-rename', { needs: ['directory-bucket'] })

describe('A client token makes a rename safe to repeat', options, () => {
  test(
    'RenameObject succeeds when the request is repeated with the same client token',
    evidence(facts.E08),
    async ({ s3, directoryObject, directoryKey, clientToken: ClientToken }) => {
      const rename = { ...directoryKey, RenameSource: encodeURIComponent(directoryObject.address.Key), ClientToken }
      await s3.send(new RenameObjectCommand(rename))

      await s3.send(new RenameObjectCommand(rename))

      await expect(directoryKey).toHaveBody(directoryObject.body)
    },
  )

  test(
    'RenameObject fails with 400 when its client token has already been used with a different source',
    evidence(facts.E08),
    async ({ s3, directoryObject, directoryKey, newObject, clientToken: ClientToken }) => {
      const other = await newObject(directoryKey.Bucket)
      const RenameSource = encodeURIComponent(directoryObject.address.Key)
      const otherSource = encodeURIComponent(other.address.Key)
      await s3.send(new RenameObjectCommand({ ...directoryKey, RenameSource, ClientToken }))

      const rename = s3.send(new RenameObjectCommand({ ...directoryKey, RenameSource: otherSource, ClientToken }))

      await expect(rename).toFailWith(400, 'IdempotencyParameterMismatch')
      await expect(directoryKey).toHaveBody(directoryObject.body)
      await expect(other).toBeUnchanged()
    },
  )
})
