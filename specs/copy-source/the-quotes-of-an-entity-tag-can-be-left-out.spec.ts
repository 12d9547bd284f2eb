import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const withoutQuotes = (ETag: string) => ETag.replaceAll('"', '')

describe('The quotes of an entity tag can be left out of a copy', docs('conditional-reads'), () => {
  test('CopyObject with if-match copies', evidence(facts.C01), async ({ s3, object, key }) => {
    await s3.send(new CopyObjectCommand({ ...key, ...object.source, CopySourceIfMatch: withoutQuotes(object.ETag) }))

    await expect(key).toHoldObject(object.body)
  })

  test('CopyObject with if-none-match answers 412', evidence(facts.C03), async ({ s3, object, key }) => {
    const copy = s3.send(
      new CopyObjectCommand({ ...key, ...object.source, CopySourceIfNoneMatch: withoutQuotes(object.ETag) }),
    )

    await expect(copy).toBeRefused(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-None-Match' })
    await expect(key).toHoldNothing()
  })
})
