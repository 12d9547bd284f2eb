import { Readable } from 'node:stream'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test'

// The SDK sends a stream in chunks, with the checksum behind them, and never a second time.
describe('A streamed body is judged as any other', docs('conditional-writes'), () => {
  test('If-None-Match: * creates the object', evidence(facts.P01), async ({ s3, key }) => {
    const Body = Readable.from(['first'])
    await s3.send(new PutObjectCommand({ ...key, Body, ContentLength: 5, IfNoneMatch: '*' }))

    await expect(key).toHaveBody('first')
  })

  test('If-None-Match: * is refused once it is there', evidence(facts.P02), async ({ s3, object }) => {
    const Body = Readable.from(['second'])
    const write = s3.send(new PutObjectCommand({ ...object.address, Body, ContentLength: 6, IfNoneMatch: '*' }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(object).toBeUnchanged()
  })

  test('If-Match overwrites the named entity tag', evidence(facts.P09), async ({ s3, object }) => {
    const { address, ETag } = object
    const Body = Readable.from(['second'])
    await s3.send(new PutObjectCommand({ ...address, Body, ContentLength: 6, IfMatch: ETag }))

    await expect(object).toHaveBody('second')
  })

  test('If-Match is refused for another one', evidence(facts.P13), async ({ s3, object }) => {
    const Body = Readable.from(['second'])
    const write = s3.send(new PutObjectCommand({ ...object.address, Body, ContentLength: 6, IfMatch: anotherETag }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
    await expect(object).toBeUnchanged()
  })
})
