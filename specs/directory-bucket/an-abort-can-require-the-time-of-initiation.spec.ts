import { AbortMultipartUploadCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, oneSecondAfter, test } from '../../support/test/directory-bucket'

const options = docs('conditional-deletes', { needs: ['directory-bucket'] })

describe('An abort can be conditional on the time at which the upload was initiated', options, () => {
  test(
    "AbortMultipartUpload with x-amz-if-match-initiated-time returns 204 for the upload's initiation time",
    evidence(facts.X28),
    async ({ s3, directoryUpload }) => {
      const { Initiated, ...upload } = directoryUpload

      const abort = s3.send(new AbortMultipartUploadCommand({ ...upload, IfMatchInitiatedTime: Initiated }))

      await expect(abort).toReturnStatus(204)
      await expect(directoryUpload).not.toHaveParts([])
    },
  )

  test(
    'AbortMultipartUpload with x-amz-if-match-initiated-time fails with 412 for a time one second after initiation',
    evidence(facts.X28),
    async ({ s3, directoryUpload }) => {
      const { Initiated, ...upload } = directoryUpload

      const IfMatchInitiatedTime = oneSecondAfter(Initiated)
      const abort = s3.send(new AbortMultipartUploadCommand({ ...upload, IfMatchInitiatedTime }))

      await expect(abort).toFailWith(412)
      await expect(directoryUpload).toHaveParts([])
    },
  )

  test(
    'AbortMultipartUpload with x-amz-if-match-initiated-time returns 204 when the upload has already been aborted',
    evidence(facts.X28),
    async ({ s3, directoryUpload }) => {
      const { Initiated, ...upload } = directoryUpload
      await s3.send(new AbortMultipartUploadCommand(upload))

      const abort = s3.send(new AbortMultipartUploadCommand({ ...upload, IfMatchInitiatedTime: Initiated }))

      await expect(abort).toReturnStatus(204)
    },
  )
})
