import { GetObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/read'

// The tests send no precondition, because no source documents which ETag S3 uses to evaluate it on a read with a part
// number.
describe('A read with a part number returns that part of a multipart object', docs('mpuoverview'), () => {
  test(
    'GetObject with a part number returns 206 and the part',
    evidence(facts.R50),
    async ({ s3, multipartObject }) => {
      const read = s3.send(new GetObjectCommand({ ...multipartObject.address, PartNumber: 1 }))

      await expect(read).toReturnStatus(206)
      await expect(read).toHaveOutput({ Body: multipartObject.body })
    },
  )

  test(
    'GetObject with a part number returns the ETag of the object',
    evidence(facts.R67),
    async ({ s3, multipartObject }) => {
      const read = s3.send(new GetObjectCommand({ ...multipartObject.address, PartNumber: 1 }))

      await expect(read).toReturnStatus(206)
      await expect(read).toHaveOutput({ ETag: multipartObject.ETag })
    },
  )

  test(
    'GetObject with a part number fails with 416 InvalidPartNumber when the part does not exist',
    evidence(facts.R50),
    async ({ s3, multipartObject }) => {
      const read = s3.send(new GetObjectCommand({ ...multipartObject.address, PartNumber: 2 }))

      await expect(read).toFailWith(416, 'InvalidPartNumber')
    },
  )

  test(
    'GetObject with a part number and a range fails with 400 InvalidRequest',
    evidence(facts.R50),
    async ({ s3, multipartObject }) => {
      const read = s3.send(new GetObjectCommand({ ...multipartObject.address, PartNumber: 1, Range: 'bytes=0-3' }))

      await expect(read).toFailWith(400, 'InvalidRequest')
    },
  )
})
