import { GetObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/read'

describe('Checksum mode does not disturb a 304', docs('checking-object-integrity'), () => {
  test('GetObject is thrown as 304, not as a checksum mismatch', evidence(facts.R63), async ({ s3, sharedObject }) => {
    const read = s3.send(
      new GetObjectCommand({ ...sharedObject.address, ChecksumMode: 'ENABLED', IfNoneMatch: sharedObject.ETag }),
    )

    await expect(read).toReturnStatus(304)
  })
})
