import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const directory = { Bucket: 'bucket--use1-az4--x-s3', Key: 'key' }
const credentials = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map((name) => `<${name}>made-up</${name}>`)
const expires = '<Expiration>2099-01-01T00:00:00Z</Expiration>'
const session = {
  status: 200,
  body: `<CreateSessionResult><Credentials>${credentials.join('')}${expires}</Credentials></CreateSessionResult>`,
}

describe('A directory bucket asks for a session first', docs('s3-express-create-session'), () => {
  test('is asked for by CreateSession, also at an endpoint', evidence(facts.S38), async ({ scripted }) => {
    scripted.answers(session, { status: 200 })

    await scripted.client().send(new PutObjectCommand({ ...directory, Body: 'x', IfNoneMatch: '*' }))

    expect(scripted.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /${directory.Bucket}//?session=`,
      `PUT /${directory.Bucket}//key?x-id=PutObject`,
    ])
    expect(scripted.requests[1]?.headers).toMatchObject({ 'if-none-match': '*', 'x-amz-s3session-token': 'made-up' })
  })

  test('what CreateSession is answered is what the write throws', evidence(facts.S38), async ({ scripted }) => {
    scripted.answers({ status: 501, error: { Code: 'NotImplemented' } })
    const write = scripted.client().send(new PutObjectCommand({ ...directory, Body: 'x', IfNoneMatch: '*' }))

    await expect(write).rejects.toMatchObject({ name: 'NotImplemented' })
    expect(scripted.requests.map(({ method }) => method)).toEqual(['GET'])
  })

  test('disableS3ExpressSessionAuth asks for none', evidence(facts.S38), async ({ scripted }) => {
    const s3 = scripted.client({ disableS3ExpressSessionAuth: true })

    await s3.send(new PutObjectCommand({ ...directory, Body: 'x', IfNoneMatch: '*' }))

    expect(scripted.requests.map(({ path }) => path)).toEqual([`/${directory.Bucket}//key?x-id=PutObject`])
    expect(scripted.requests[0]?.headers.authorization).toContain('/us-east-1/s3express/aws4_request')
  })
})
