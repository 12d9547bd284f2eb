import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const Message = 'At least one of the pre-conditions you specified did not hold'

// S3 returns this mix of upper and lower case regardless of how the client spells the header. Compare header names
// case-insensitively.
describe('A 412 for a copy names the failed condition by its full header name', docs('conditional-reads'), () => {
  test(
    'A 412 response to CopyObject names x-amz-copy-source-If-Match as the failed condition',
    evidence(facts.C02),
    async ({ s3, sharedObject, key }) => {
      const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfMatch: anotherETag }))

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match', Message })
      await expect(key).toHaveNoObject()
    },
  )

  test(
    'A 412 response to UploadPartCopy names x-amz-copy-source-If-Match as the failed condition',
    evidence(facts.C21),
    async ({ s3, sharedObject, upload }) => {
      const copy = s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...sharedObject.source, CopySourceIfMatch: anotherETag }),
      )

      await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match', Message })
      await expect(upload).toHaveParts([])
    },
  )
})
