import { CopyObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

const withoutQuotes = (ETag: string) => ETag.replaceAll('"', '')

describe('The quotes of an entity tag can be left out of a copy', docs('conditional-reads'), () => {
  test('CopyObject with if-match copies', evidence(facts.C01), async ({ s3, sharedObject, key }) => {
    await s3.send(
      new CopyObjectCommand({ ...key, ...sharedObject.source, CopySourceIfMatch: withoutQuotes(sharedObject.ETag) }),
    )

    await expect(key).toHaveBody(sharedObject.body)
  })

  test('CopyObject with if-none-match answers 412', evidence(facts.C03), async ({ s3, sharedObject, key }) => {
    const copy = s3.send(
      new CopyObjectCommand({
        ...key,
        ...sharedObject.source,
        CopySourceIfNoneMatch: withoutQuotes(sharedObject.ETag),
      }),
    )

    await expect(copy).toFailWith(412, 'PreconditionFailed', { Condition: 'x-amz-copy-source-If-None-Match' })
    await expect(key).toHaveNoObject()
  })
})
