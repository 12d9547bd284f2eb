import {
  CompleteMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('A new upload can be completed after a 409', docs('conditional-writes'), () => {
  test(
    'CompleteMultipartUpload with If-None-Match: * succeeds for a new upload after a 409',
    evidence(facts.M06, facts.M22),
    async ({ s3, object, startUpload, snapshot }) => {
      const { address } = object
      const upload = await startUpload(address, 'second')
      await s3.send(new DeleteObjectCommand(address))
      const deleted = await snapshot(address)
      const conflict = s3.send(new CompleteMultipartUploadCommand({ ...upload, IfNoneMatch: '*' }))
      await expect(conflict).toFailWith(409, 'ConditionalRequestConflict', { Condition: 'If-None-Match' })
      await expect(deleted).toBeUnchanged()

      const newUpload = await startUpload(address, 'third')
      await s3.send(new CompleteMultipartUploadCommand({ ...newUpload, IfNoneMatch: '*' }))

      await expect(object).toHaveBody('third')
    },
  )

  test(
    'CompleteMultipartUpload with the current ETag in If-Match succeeds for a new upload after a 409',
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
      const newUpload = await startUpload(address, 'fourth')
      await s3.send(new CompleteMultipartUploadCommand({ ...newUpload, IfMatch: current.ETag }))

      await expect(object).toHaveBody('fourth')
    },
  )
})
