import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

// If a completion succeeds but its response is lost, the client can repeat the request. The object that the completion
// created does not make the repeated request fail with 412.
describe('A repeated CompleteMultipartUpload bypasses the condition', docs('mpuoverview'), () => {
  test(
    'CompleteMultipartUpload with If-None-Match: * returns 200 when the upload has already been completed',
    evidence(facts.M19),
    async ({ s3, key, startUpload, snapshot }) => {
      const upload = await startUpload(key, 'first')
      const { ETag } = await s3.send(new CompleteMultipartUploadCommand(upload))
      const completed = await snapshot(key)

      const replay = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))

      await expect(replay).toReturnStatus(200)
      await expect(replay).toHaveOutput({ ETag })
      await expect(completed).toBeUnchanged()
    },
  )

  test(
    'CompleteMultipartUpload with If-None-Match: * fails with 412 when another upload to the key has been completed',
    evidence(facts.M03),
    async ({ s3, key, startUpload, snapshot }) => {
      await s3.send(new CompleteMultipartUploadCommand(await startUpload(key, 'first')))
      const completed = await snapshot(key)
      const another = await startUpload(key, 'first')

      const complete = s3.send(new CompleteMultipartUploadCommand({ ...another, IfNoneMatch: '*' }))

      await expect(complete).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(completed).toBeUnchanged()
    },
  )
})
