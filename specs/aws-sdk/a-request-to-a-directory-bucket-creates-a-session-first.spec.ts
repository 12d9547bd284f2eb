import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const directory = { Bucket: 'bucket--use1-az4--x-s3', Key: 'key' }
const credentials = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map((name) => `<${name}>made-up</${name}>`)
const expires = '<Expiration>2099-01-01T00:00:00Z</Expiration>'
const session = {
  status: 200,
  body: `<CreateSessionResult><Credentials>${credentials.join('')}${expires}</Credentials></CreateSessionResult>`,
}

describe('The SDK creates a session before a request to a directory bucket', docs('s3-express-create-session'), () => {
  test(
    'PutObject to a directory bucket sends a CreateSession request first, even with a custom endpoint',
    evidence(facts.S38),
    async ({ stubServer }) => {
      stubServer.returns(session, { status: 200 })

      await stubServer.client().send(new PutObjectCommand({ ...directory, Body: 'x', IfNoneMatch: '*' }))

      expect(stubServer.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
        `GET /${directory.Bucket}//?session=`,
        `PUT /${directory.Bucket}//key?x-id=PutObject`,
      ])
      expect(stubServer.requests[1]?.headers).toMatchObject({
        'if-none-match': '*',
        'x-amz-s3session-token': 'made-up',
      })
    },
  )

  test(
    'PutObject to a directory bucket throws the error that CreateSession returns',
    evidence(facts.S38),
    async ({ stubServer }) => {
      stubServer.returns({ status: 501, error: { Code: 'NotImplemented' } })
      const write = stubServer.client().send(new PutObjectCommand({ ...directory, Body: 'x', IfNoneMatch: '*' }))

      await expect(write).rejects.toMatchObject({ name: 'NotImplemented' })
      expect(stubServer.requests.map(({ method }) => method)).toEqual(['GET'])
    },
  )

  test(
    'PutObject to a directory bucket sends no CreateSession request when disableS3ExpressSessionAuth is set',
    evidence(facts.S38),
    async ({ stubServer }) => {
      const s3 = stubServer.client({ disableS3ExpressSessionAuth: true })

      await s3.send(new PutObjectCommand({ ...directory, Body: 'x', IfNoneMatch: '*' }))

      expect(stubServer.requests.map(({ path }) => path)).toEqual([`/${directory.Bucket}//key?x-id=PutObject`])
      expect(stubServer.requests[0]?.headers.authorization).toContain('/us-east-1/s3express/aws4_request')
    },
  )
})
