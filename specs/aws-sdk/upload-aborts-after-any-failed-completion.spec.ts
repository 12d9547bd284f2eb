import { Upload } from '@aws-sdk/lib-storage'
import { describe, docs, errorResponse, evidence, expect, facts, partsUploaded, test } from '../../support/test/aws-sdk'

const preconditionFailed = errorResponse(412, 'PreconditionFailed')
const aborted = { status: 204 }
const params = { Bucket: 'bucket', Key: 'key', Body: Buffer.alloc(5 * 2 ** 20 + 1), IfNoneMatch: '*' }
const errors = [
  [412, 'PreconditionFailed'],
  [409, 'ConditionalRequestConflict'],
  [404, 'NoSuchUpload'],
] as const

describe('The Upload class aborts the upload after any failed CompleteMultipartUpload', docs('mpuoverview'), () => {
  test.for(errors)(
    'The Upload class throws a %i %s error from CompleteMultipartUpload and aborts the upload',
    evidence(facts.S19, facts.S36),
    async ([status, Code], { stubServer }) => {
      stubServer.returns(...partsUploaded, errorResponse(status, Code), aborted)

      await expect(new Upload({ client: stubServer.client(), params }).done()).rejects.toMatchObject({ name: Code })
      expect(stubServer.requests).toHaveLength(5)
      expect(stubServer.requests[4]).toMatchObject({ method: 'DELETE', path: expect.stringContaining('uploadId=id') })
    },
  )

  test(
    'The Upload class aborts the upload when a retried CompleteMultipartUpload fails with 412',
    evidence(facts.S12, facts.S36),
    async ({ stubServer }) => {
      stubServer.returns(...partsUploaded, errorResponse(500, 'Lost'), preconditionFailed, aborted)
      const upload = new Upload({ client: stubServer.client(), params }).done()

      await expect(upload).rejects.toMatchObject({ name: 'PreconditionFailed', $metadata: { attempts: 2 } })
      expect(stubServer.requests.at(-1)?.method).toBe('DELETE')
    },
  )

  test(
    'The Upload class leaves the upload in progress after a 412 when leavePartsOnError is set',
    evidence(facts.S19),
    async ({ stubServer }) => {
      stubServer.returns(...partsUploaded, preconditionFailed)
      const upload = new Upload({ client: stubServer.client(), params, leavePartsOnError: true }).done()

      await expect(upload).rejects.toMatchObject({ name: 'PreconditionFailed' })
      expect(stubServer.requests.map(({ method }) => method)).not.toContain('DELETE')
    },
  )

  test(
    'The Upload class throws the error from CompleteMultipartUpload, with the error from the failed abort as its cause',
    evidence(facts.S36),
    async ({ stubServer }) => {
      stubServer.returns(...partsUploaded, preconditionFailed, errorResponse(404, 'NoSuchUpload'))
      const upload = new Upload({ client: stubServer.client(), params }).done()

      await expect(upload).rejects.toMatchObject({ name: 'PreconditionFailed', cause: { name: 'NoSuchUpload' } })
    },
  )
})
