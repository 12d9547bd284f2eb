import { GetObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/read'

describe('Checksum mode does not affect a 304', docs('checking-object-integrity'), () => {
  test(
    'GetObject with the current ETag in If-None-Match and checksum mode enabled returns 304 without a checksum error',
    evidence(facts.R63),
    async ({ s3, sharedObject }) => {
      const { address, ETag } = sharedObject
      const read = s3.send(new GetObjectCommand({ ...address, ChecksumMode: 'ENABLED', IfNoneMatch: ETag }))

      await expect(read).toReturnStatus(304)
    },
  )
})
