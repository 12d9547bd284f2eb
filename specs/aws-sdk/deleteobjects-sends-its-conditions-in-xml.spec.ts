import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

const done = { status: 200, body: '<DeleteResult/>' }

describe('DeleteObjects sends its conditions in XML', docs('conditional-deletes'), () => {
  test(
    'DeleteObjects sends ETag, LastModifiedTime and Size for each entry',
    evidence(facts.S37),
    async ({ stubServer }) => {
      stubServer.returns(done)
      const LastModifiedTime = new Date('2026-11-25T10:11:12.999Z')
      const Objects = [{ Key: 'a&b', ETag: '"e"', LastModifiedTime, Size: 0 }]

      await stubServer.client().send(new DeleteObjectsCommand({ Bucket: 'bucket', Delete: { Objects } }))

      expect(stubServer.requests[0]?.body).toContain(
        '<Object><Key>a&amp;b</Key><ETag>&quot;e&quot;</ETag>' +
          '<LastModifiedTime>Wed, 25 Nov 2026 10:11:12 GMT</LastModifiedTime><Size>0</Size></Object>',
      )
    },
  )

  test('DeleteObjects sends the ETag unchanged when it is * or empty', evidence(facts.S37), async ({ stubServer }) => {
    stubServer.returns(done)
    const Objects = [
      { Key: 'star', ETag: '*' },
      { Key: 'empty', ETag: '' },
    ]

    await stubServer.client().send(new DeleteObjectsCommand({ Bucket: 'bucket', Delete: { Objects } }))

    expect(stubServer.requests[0]?.body).toContain('<Key>star</Key><ETag>*</ETag>')
    expect(stubServer.requests[0]?.body).toMatch(/<Key>empty<\/Key><ETag(\/>|><\/ETag>)/)
  })

  test(
    'DeleteObjects sends ETag and Size but not LastModified when the Contents of a listing are passed to it unchanged',
    evidence(facts.S20),
    async ({ stubServer }) => {
      const entry = '<Key>k</Key><LastModified>2026-11-25T10:11:12.000Z</LastModified><ETag>&quot;e&quot;</ETag>'
      const list = `<ListBucketResult><Contents>${entry}<Size>5</Size></Contents></ListBucketResult>`
      stubServer.returns({ status: 200, body: list }, done)
      const s3 = stubServer.client()

      const { Contents: Objects = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'bucket' }))
      await s3.send(new DeleteObjectsCommand({ Bucket: 'bucket', Delete: { Objects } as never }))

      expect(stubServer.requests[1]?.body).toContain('<Key>k</Key><ETag>&quot;e&quot;</ETag><Size>5</Size>')
      expect(stubServer.requests[1]?.body).not.toContain('LastModified')
    },
  )
})
