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
    async ({ s3, ownObject, startUpload, remember }) => {
      const { address } = ownObject
      const upload = await startUpload(address, 'second')
      await s3.send(new DeleteObjectCommand(address))
      const deleted = await remember(address)
      const conflict = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))
      await expect(conflict).toBeRefused(409, 'ConditionalRequestConflict', { Condition: 'If-None-Match' })
      await expect(deleted).toBeUntouched()

      const anew = await startUpload(address, 'third')
      await s3.send(new CompleteMultipartUploadCommand({ ...anew, IfNoneMatch: '*' }))

      await expect(ownObject).toHoldObject('third')
    },
  )

  test(
    'completes with If-Match',
    evidence(facts.M22, facts.M11, facts.M07),
    async ({ s3, ownObject, startUpload, remember }) => {
      const { address } = ownObject
      const upload = await startUpload(address, 'second')
      const { ETag } = await s3.send(new PutObjectCommand({ ...address, Body: 'third' }))
      const third = await remember(address)
      const conflict = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: ETag }))
      await expect(conflict).toBeRefused(409, 'ConditionalRequestConflict', { Condition: 'If-Match' })
      await expect(third).toBeUntouched()

      const current = await s3.send(new HeadObjectCommand(address))
      const anew = await startUpload(address, 'fourth')
      await s3.send(new CompleteMultipartUploadCommand({ ...anew, IfMatch: current.ETag }))

      await expect(ownObject).toHoldObject('fourth')
    },
  )
})
