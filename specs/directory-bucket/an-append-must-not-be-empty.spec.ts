import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

const detail = { Message: 'Request body cannot be empty' }
const options = docs('directory-buckets-objects-append', { needs: ['directory-bucket'] })

describe('An append must not be empty, unless it creates the object', options, () => {
  test(
    "PutObject with a write offset equal to the object's size and an empty body fails with 400 InvalidArgument",
    evidence(facts.E15),
    async ({ s3, directoryObject }) => {
      const { address, body } = directoryObject

      const write = s3.send(new PutObjectCommand({ ...address, Body: '', WriteOffsetBytes: body.length }))

      await expect(write).toFailWith(400, 'InvalidArgument', detail)
      await expect(directoryObject).toBeUnchanged()
    },
  )

  test(
    'PutObject with write offset 0 and an empty body succeeds when the key does not exist',
    evidence(facts.E23),
    async ({ s3, directoryKey }) => {
      await s3.send(new PutObjectCommand({ ...directoryKey, Body: '', WriteOffsetBytes: 0 }))

      await expect(directoryKey).toHaveBody('')
    },
  )

  test(
    'PutObject with write offset 0 and an empty body fails with 400 InvalidArgument when the stored object is empty',
    evidence(facts.E23, facts.E15),
    async ({ s3, directoryKey, snapshot }) => {
      await s3.send(new PutObjectCommand({ ...directoryKey, Body: '' }))
      const empty = await snapshot(directoryKey)

      const write = s3.send(new PutObjectCommand({ ...directoryKey, Body: '', WriteOffsetBytes: 0 }))

      await expect(write).toFailWith(400, 'InvalidArgument', detail)
      await expect(empty).toBeUnchanged()
    },
  )
})
