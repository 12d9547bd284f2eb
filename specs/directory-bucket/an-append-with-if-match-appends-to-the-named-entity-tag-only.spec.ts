import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

describe(
  'An append with If-Match appends to the named entity tag only',
  docs('directory-buckets-objects-append', { needs: ['directory-bucket'] }),
  () => {
    test(
      'appends to the current one, and GetObject takes the new one',
      evidence(facts.E26),
      async ({ s3, directoryObject }) => {
        const { address, body, ETag } = directoryObject

        const append = { ...address, Body: 'more', WriteOffsetBytes: body.length, IfMatch: ETag }
        const { ETag: IfMatch } = await s3.send(new PutObjectCommand(append))

        await expect(s3.send(new GetObjectCommand({ ...address, IfMatch }))).toHaveOutput({ Body: `${body}more` })
      },
    )

    test('is 412 for another one', evidence(facts.E14), async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      const append = { ...address, Body: 'more', WriteOffsetBytes: body.length, IfMatch: anotherETag }

      await expect(s3.send(new PutObjectCommand(append))).toFailWith(412, 'PreconditionFailed')
      await expect(directoryObject).toBeUnchanged()
    })

    test('is 412 and not 400 where the offset is wrong, too', evidence(facts.E22), async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      const append = { ...address, Body: 'more', WriteOffsetBytes: body.length + 1, IfMatch: anotherETag }

      await expect(s3.send(new PutObjectCommand(append))).toFailWith(412, 'PreconditionFailed')
      await expect(directoryObject).toBeUnchanged()
    })

    test(
      'appends once: its own entity tag is stale then',
      evidence(facts.E22, facts.E26),
      async ({ s3, directoryObject }) => {
        const { address, body, ETag } = directoryObject
        const append = { ...address, Body: 'more', WriteOffsetBytes: body.length, IfMatch: ETag }
        await s3.send(new PutObjectCommand(append))

        await expect(s3.send(new PutObjectCommand(append))).toFailWith(412, 'PreconditionFailed')
        await expect(directoryObject).toHaveBody(`${body}more`)
      },
    )
  },
)
