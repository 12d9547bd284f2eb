import { CopyObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

const Message = 'At least one of the pre-conditions you specified did not hold'

// S3 writes it in this mixture of cases whatever was sent: compare without regard to case.
describe('A 412 to a copy names the condition by its whole header', docs('conditional-reads'), () => {
  test('CopyObject names x-amz-copy-source-If-Match', evidence(facts.C02), async ({ s3, sharedObject, key }) => {
    const copy = s3.send(new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfMatch: anotherETag }))

    await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match', Message })
    await expect(key).toHaveNoObject()
  })

  test('UploadPartCopy names x-amz-copy-source-If-Match', evidence(facts.C21), async ({ s3, sharedObject, upload }) => {
    const copy = s3.send(
      new UploadPartCopyCommand({ ...upload, PartNumber: 1, ...sharedObject.source, CopySourceIfMatch: anotherETag }),
    )

    await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match', Message })
    await expect(upload).toHaveParts([])
  })
})
