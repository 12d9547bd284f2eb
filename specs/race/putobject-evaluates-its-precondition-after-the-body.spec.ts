import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { type Address, describe, docs, evidence, expect, facts, rounds, test } from '../../support/test/race'

// S3 requires every chunk except the last one to be at least 8 KiB long.
const [begin, end] = ['slow'.repeat(2_048), 'end']

/**
 * Yields the last chunk of the body once another request has written to the key `other`, or after 2 s, because some
 * stores block that write while this request is in progress.
 */
async function* delayedBody(s3: S3Client, other: Address) {
  yield begin
  // The SDK reads the last chunk of the body before it has sent the first one. This pause lets the first chunk reach
  // the store.
  await setTimeout(200)
  const quick = s3.send(new PutObjectCommand({ ...other, Body: 'quick' }))
  await Promise.race([Promise.allSettled([quick]), setTimeout(2_000)])
  yield end
}

const slow = (s3: S3Client, other: Address) => ({ Body: Readable.from(delayedBody(s3, other)), ContentLength: 8_195 })
const options = { ...docs('conditional-writes'), ...rounds(1) }

describe.sequential('PutObject evaluates its precondition after the body has been received', options, () => {
  test(
    'PutObject with If-None-Match: * fails with 412 when another request creates the object before the body ends',
    evidence(facts.P26),
    async ({ s3, key }) => {
      const write = s3.send(new PutObjectCommand({ ...key, ...slow(s3, key), IfNoneMatch: '*' }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(key).toHaveBody('quick')
    },
  )

  test(
    'PutObject with If-Match fails with 412 when another request overwrites the object before the body ends',
    evidence(facts.P26, facts.P13),
    async ({ s3, object }) => {
      const { address, ETag } = object
      const write = s3.send(new PutObjectCommand({ ...address, ...slow(s3, address), IfMatch: ETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toHaveBody('quick')
    },
  )

  test(
    'PutObject with If-None-Match: * adds no version when another request creates the object before the body ends',
    evidence(facts.P26),
    async ({ s3, versionedKey }) => {
      const write = s3.send(new PutObjectCommand({ ...versionedKey, ...slow(s3, versionedKey), IfNoneMatch: '*' }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
      await expect(versionedKey).toHaveBody('quick')
      await expect(versionedKey).toHaveVersions(1)
    },
  )

  test(
    'PutObject with If-None-Match: * succeeds for a new key when another key is written to before the body ends',
    evidence(facts.P26, facts.P01),
    async ({ s3, key, destination }) => {
      await s3.send(new PutObjectCommand({ ...key, ...slow(s3, destination.address), IfNoneMatch: '*' }))

      await expect(key).toHaveBody(begin + end)
    },
  )

  test(
    'PutObject with If-Match succeeds for the current ETag when another key is written to before the body ends',
    evidence(facts.P26, facts.P09),
    async ({ s3, object, destination }) => {
      const { address, ETag } = object
      await s3.send(new PutObjectCommand({ ...address, ...slow(s3, destination.address), IfMatch: ETag }))

      await expect(object).toHaveBody(begin + end)
    },
  )
})
