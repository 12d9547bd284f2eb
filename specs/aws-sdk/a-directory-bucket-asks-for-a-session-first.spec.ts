import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const directory = { Bucket: 'bucket--use1-az4--x-s3', Key: 'key' }
const credentials = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map((name) => `<${name}>made-up</${name}>`)
const expires = '<Expiration>2099-01-01T00:00:00Z</Expiration>'
const session = {
  status: 200,
  body: `<CreateSessionResult><Credentials>${credentials.join('')}${expires}</Credentials></CreateSessionResult>`,
}

describe('A directory bucket asks for a session first', docs('s3-express-create-session'), () => {
  test('is asked for by CreateSession, also at an endpoint', evidence(facts.S38), async ({ stubServer }) => {
    stubServer.answers(session, { status: 200 })

    await stubServer.client().send(new PutObjectCommand({ ...directory, Body: 'x', IfNoneMatch: '*' }))

    expect(stubServer.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /${directory.Bucket}//?session=`,
      `PUT /${directory.Bucket}//key?x-id=PutObject`,
    ])
    expect(stubServer.requests[1]?.headers).toMatchObject({ 'if-none-match': '*', 'x-amz-s3session-token': 'made-up' })
  })

  test('what CreateSession is answered is what the write throws', evidence(facts.S38), async ({ stubServer }) => {
    stubServer.answers({ status: 501, error: { Code: 'NotImplemented' } })
    const write = stubServer.client().send(new PutObjectCommand({ ...directory, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject({ name: 'NotImplemented' })
    expect(stubServer.requests.map(({ method }) => method)).toEqual(['GET'])
  })

  test('disableS3ExpressSessionAuth asks for none', evidence(facts.S38), async ({ stubServer }) => {
    const s3 = stubServer.client({ disableS3ExpressSessionAuth: true })

    await s3.send(new PutObjectCommand({ ...directory, Body: 'x', IfNoneMatch: '*' }))

    expect(stubServer.requests.map(({ path }) => path)).toEqual([`/${directory.Bucket}//key?x-id=PutObject`])
    expect(stubServer.requests[0]?.headers.authorization).toContain('/us-east-1/s3express/aws4_request')
  })
})
