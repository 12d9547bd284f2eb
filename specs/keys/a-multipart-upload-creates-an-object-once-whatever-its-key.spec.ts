import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, keyClasses, test } from '../../support/test/keys'

const options = docs('mpuoverview', { severity: 'data' })

describe('A multipart upload with If-None-Match: * creates an object only once, whatever its key', options, () => {
  test.for(keyClasses)(
    'CompleteMultipartUpload with If-None-Match: * succeeds only once for a key that contains %s',
    evidence(facts.K01, facts.K05, facts.M01, facts.M29),
    async ({ texts: [text, other] }, { s3, keyWith }) => {
      const [key, otherKey] = [keyWith(text), keyWith(other)]
      await s3.send(new PutObjectCommand({ ...otherKey, Body: 'other' }))
      const first = { ...key, UploadId: (await s3.send(new CreateMultipartUploadCommand(key))).UploadId }
      const second = { ...key, UploadId: (await s3.send(new CreateMultipartUploadCommand(key))).UploadId }
      const partOfFirst = await s3.send(new UploadPartCommand({ ...first, PartNumber: 1, Body: 'first' }))
      const partOfSecond = await s3.send(new UploadPartCommand({ ...second, PartNumber: 1, Body: 'second' }))

      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: partOfFirst.ETag }] }
      const completion = s3.send(new CompleteMultipartUploadCommand({ ...first, MultipartUpload, IfNoneMatch: '*' }))
      await expect(completion).toHaveOutput({ Key: key.Key })
      const late = { ...second, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: partOfSecond.ETag }] } }
      const again = s3.send(new CompleteMultipartUploadCommand({ ...late, IfNoneMatch: '*' }))
      await expect(again).toFailWith(412, 'PreconditionFailed')

      await expect(key).toHaveBody('first')
      await expect(otherKey).toHaveBody('other')
    },
  )
})
