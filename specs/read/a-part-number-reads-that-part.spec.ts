import { GetObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/read'

// With which entity tag S3 compares a precondition beside a part number nobody has recorded, so none is sent.
describe('A part number reads that part of a multipart object', docs('mpuoverview'), () => {
  test('GetObject answers 206 for a part that there is', evidence(facts.R50), async ({ s3, multipartObject }) => {
    const read = s3.send(new GetObjectCommand({ ...multipartObject.address, PartNumber: 1 }))

    await expect(read).toReturnStatus(206)
    await expect(read).toHaveOutput({ Body: multipartObject.body })
  })

  test('GetObject answers with the entity tag of the object', evidence(facts.R67), async ({ s3, multipartObject }) => {
    const read = s3.send(new GetObjectCommand({ ...multipartObject.address, PartNumber: 1 }))

    await expect(read).toReturnStatus(206)
    await expect(read).toHaveOutput({ ETag: multipartObject.ETag })
  })

  test('GetObject answers 416 for a part that there is not', evidence(facts.R50), async ({ s3, multipartObject }) => {
    const read = s3.send(new GetObjectCommand({ ...multipartObject.address, PartNumber: 2 }))

    await expect(read).toFailWith(416, 'InvalidPartNumber')
  })

  test('GetObject answers 400 for a part and a range', evidence(facts.R50), async ({ s3, multipartObject }) => {
    const read = s3.send(new GetObjectCommand({ ...multipartObject.address, PartNumber: 1, Range: 'bytes=0-3' }))

    await expect(read).toFailWith(400, 'InvalidRequest')
  })
})
