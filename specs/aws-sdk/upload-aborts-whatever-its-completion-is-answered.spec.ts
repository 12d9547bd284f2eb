import { Upload } from '@aws-sdk/lib-storage'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const created = {
  ...{ status: 200, body: '<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>' },
}
const part = { status: 200, headers: { etag: '"part"' } }
const refused = (status: number, Code: string) => ({ status, error: { Code } })
const aborted = { status: 204 }
const Body = Buffer.alloc(5 * 2 ** 20 + 1)
const answers = [
  [412, 'PreconditionFailed'],
  [409, 'ConditionalRequestConflict'],
  [404, 'NoSuchUpload'],
] as const

describe('Upload aborts whatever its completion is answered', docs('mpuoverview'), () => {
  test.for(answers)(
    'after a %i %s, and throws that',
    evidence(facts.S19, facts.S36),
    async ([status, Code], { stubServer }) => {
      stubServer.answers(created, part, part, refused(status, Code), aborted)
      const params = { ...stubServer.key, Body, IfNoneMatch: '*' }

      await expect(new Upload({ client: stubServer.client(), params }).done()).rejects.toMatchObject({ name: Code })

      expect(stubServer.requests).toHaveLength(5)
      expect(stubServer.requests[4]).toMatchObject({ method: 'DELETE', path: expect.stringContaining('uploadId=id') })
    },
  )

  test('also when the 412 is about its own completion', evidence(facts.S12, facts.S36), async ({ stubServer }) => {
    stubServer.answers(created, part, part, refused(500, 'Lost'), refused(412, 'PreconditionFailed'), aborted)
    const params = { ...stubServer.key, Body, IfNoneMatch: '*' }
    const upload = new Upload({ client: stubServer.client(), params }).done()

    await expect(upload).rejects.toMatchObject({ name: 'PreconditionFailed', $metadata: { attempts: 2 } })
    expect(stubServer.requests.at(-1)?.method).toBe('DELETE')
  })

  test('leavePartsOnError keeps it', evidence(facts.S19), async ({ stubServer }) => {
    stubServer.answers(created, part, part, refused(412, 'PreconditionFailed'))
    const params = { ...stubServer.key, Body, IfNoneMatch: '*' }
    const upload = new Upload({ client: stubServer.client(), params, leavePartsOnError: true }).done()

    await expect(upload).rejects.toMatchObject({ name: 'PreconditionFailed' })
    expect(stubServer.requests.map(({ method }) => method)).not.toContain('DELETE')
  })

  test('an abort that fails is the cause of the first error', evidence(facts.S36), async ({ stubServer }) => {
    stubServer.answers(created, part, part, refused(412, 'PreconditionFailed'), refused(404, 'NoSuchUpload'))
    const params = { ...stubServer.key, Body, IfNoneMatch: '*' }
    const upload = new Upload({ client: stubServer.client(), params }).done()

    await expect(upload).rejects.toMatchObject({ name: 'PreconditionFailed', cause: { name: 'NoSuchUpload' } })
  })
})
