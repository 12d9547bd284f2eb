import {
  CompleteMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('After a 409 a new upload completes', docs('conditional-writes'), () => {
  test(
    'completes with If-None-Match: *',
    evidence(facts.M06, facts.M22),
    async ({ s3, object, startUpload, snapshot }) => {
      const { address } = object
      const upload = await startUpload(address, 'second')
      await s3.send(new DeleteObjectCommand(address))
      const deleted = await snapshot(address)
      const conflict = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))
      await expect(conflict).toFailWith(409, 'ConditionalRequestConflict', { Condition: 'If-None-Match' })
      await expect(deleted).toBeUnchanged()

      const anew = await startUpload(address, 'third')
      await s3.send(new CompleteMultipartUploadCommand({ ...anew, IfNoneMatch: '*' }))

      await expect(object).toHaveBody('third')
    },
  )

  test(
    'completes with If-Match',
    evidence(facts.M22, facts.M11, facts.M07),
    async ({ s3, object, startUpload, snapshot }) => {
      const { address } = object
      const upload = await startUpload(address, 'second')
      const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'third' }))
      const third = await snapshot(address)
      const conflict = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))
      await expect(conflict).toFailWith(409, 'ConditionalRequestConflict', { Condition: 'If-Match' })
      await expect(third).toBeUnchanged()

      const current = await s3.send(new HeadObjectCommand(address))
      const anew = await startUpload(address, 'fourth')
      await s3.send(new CompleteMultipartUploadCommand({ ...anew, IfMatch: current.ETag }))

      await expect(object).toHaveBody('fourth')
    },
  )
})
