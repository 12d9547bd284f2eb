import { Upload } from '@aws-sdk/lib-storage'
import { describe, docs, evidence, expect, facts, partsUploaded, test } from '../../support/test/aws-sdk'

const completed = {
  status: 200,
  body: '<CompleteMultipartUploadResult><ETag>"e-2"</ETag></CompleteMultipartUploadResult>',
}
const onePart = Buffer.alloc(5 * 2 ** 20)
const twoParts = Buffer.alloc(5 * 2 ** 20 + 1)
const operation = ({ method, path }: { method: string; path: string }) =>
  `${method} ${/(uploads|partNumber=\d|uploadId|x-id=\w+)/.exec(path)?.[0]}`

describe('The Upload class sends its conditions with the last request', docs('mpuoverview'), () => {
  test(
    'The Upload class sends the condition with a single PutObject request when the body fits in one part',
    evidence(facts.S19),
    async ({ stubServer }) => {
      const params = { ...stubServer.key, Body: onePart, IfNoneMatch: '*' }

      await new Upload({ client: stubServer.client(), params }).done()

      expect(stubServer.requests.map(operation)).toEqual(['PUT x-id=PutObject'])
      expect(stubServer.requests[0]?.headers).toHaveProperty('if-none-match', '*')
    },
  )

  test(
    'The Upload class sends the conditions only with CompleteMultipartUpload when the body needs two parts',
    evidence(facts.S19, facts.S35),
    async ({ stubServer }) => {
      stubServer.returns(...partsUploaded, completed)
      const params = { ...stubServer.key, Body: twoParts, IfNoneMatch: '*', IfMatch: '"e"' }

      await new Upload({ client: stubServer.client(), params, queueSize: 1 }).done()

      const operations = ['POST uploads', 'PUT partNumber=1', 'PUT partNumber=2', 'POST uploadId']
      expect(stubServer.requests.map(operation)).toEqual(operations)
      const none = [undefined, undefined]
      const sent = stubServer.requests.map(({ headers }) => [headers['if-none-match'], headers['if-match']])
      expect(sent).toEqual([none, none, none, ['*', '"e"']])
    },
  )

  test(
    'The Upload class sends WriteOffsetBytes when the body fits in one part',
    evidence(facts.S35),
    async ({ stubServer }) => {
      const params = { ...stubServer.key, Body: onePart, WriteOffsetBytes: 7 }

      await new Upload({ client: stubServer.client(), params }).done()

      expect(stubServer.requests[0]?.headers).toHaveProperty('x-amz-write-offset-bytes', '7')
    },
  )

  test(
    'The Upload class drops WriteOffsetBytes when the body needs two parts',
    evidence(facts.S35),
    async ({ stubServer }) => {
      stubServer.returns(...partsUploaded, completed)
      const params = { ...stubServer.key, Body: twoParts, WriteOffsetBytes: 7 }

      await new Upload({ client: stubServer.client(), params, queueSize: 1 }).done()

      const withOffset = stubServer.requests.filter(({ headers }) => 'x-amz-write-offset-bytes' in headers)
      expect(stubServer.requests).toHaveLength(4)
      expect(withOffset).toEqual([])
    },
  )
})
