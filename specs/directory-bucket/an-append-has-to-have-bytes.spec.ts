import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const details = { Message: 'Request body cannot be empty' }

describe(
  'An append has to have bytes, unless it makes the object',
  docs('directory-buckets-objects-append', { needs: ['directory-bucket'] }),
  () => {
    test('an empty one is 400', evidence(facts.E15), async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      const write = s3.send(new PutObjectCommand({ ...address, Body: '', WriteOffsetBytes: body.length }))

      await expect(write).toFailWith(400, 'InvalidArgument', details)
      await expect(directoryObject).toBeUnchanged()
    })

    test('an empty one makes an empty object', evidence(facts.E23), async ({ s3, directoryKey }) => {
      await s3.send(new PutObjectCommand({ ...directoryKey, Body: '', WriteOffsetBytes: 0 }))

      await expect(directoryKey).toHaveBody('')
    })

    test(
      'an empty one is 400 for an empty object',
      evidence(facts.E23, facts.E15),
      async ({ s3, directoryKey, snapshot }) => {
        await s3.send(new PutObjectCommand({ ...directoryKey, Body: '' }))
        const empty = await snapshot(directoryKey)

        const write = s3.send(new PutObjectCommand({ ...directoryKey, Body: '', WriteOffsetBytes: 0 }))

        await expect(write).toFailWith(400, 'InvalidArgument', details)
        await expect(empty).toBeUnchanged()
      },
    )
  },
)
