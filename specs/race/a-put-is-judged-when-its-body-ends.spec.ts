import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, rounds, test } from '../../support/test/race'

type Key = { Bucket: string; Key: string }
// S3 takes no piece of a stream below 8 KiB but the last.
const [begin, end] = ['slow'.repeat(2_048), 'end']

/** A body whose end is held back until another write has landed; a store that lets that write wait gets it after 2 s. */
async function* heldBack(s3: S3Client, other: Key) {
  yield begin
  // The SDK reads ahead: by then what was read is sent, and the store knows of the request.
  await setTimeout(200)
  const quick = s3.send(new PutObjectCommand({ ...other, Body: 'quick' }))
  await Promise.race([Promise.allSettled([quick]), setTimeout(2_000)])
  yield end
}

const slow = (s3: S3Client, other: Key) => ({ Body: Readable.from(heldBack(s3, other)), ContentLength: 8_195 })

describe.sequential('The precondition of a PutObject is judged when its body ends', {
  ...docs('conditional-writes'),
  ...rounds(1),
}, () => {
  test('If-None-Match: * is refused where a write has landed meanwhile', evidence(facts.P26), async ({ s3, key }) => {
    const write = s3.send(new PutObjectCommand({ ...key, ...slow(s3, key), IfNoneMatch: '*' }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(key).toHaveBody('quick')
  })

  test(
    'If-Match is refused where a write has landed meanwhile',
    evidence(facts.P26, facts.P13),
    async ({ s3, object }) => {
      const { address, ETag } = object
      const write = s3.send(new PutObjectCommand({ ...address, ...slow(s3, address), IfMatch: ETag }))

      await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-Match' })
      await expect(object).toHaveBody('quick')
    },
  )

  test('adds no version where a write has landed meanwhile', evidence(facts.P26), async ({ s3, versionedKey }) => {
    const write = s3.send(new PutObjectCommand({ ...versionedKey, ...slow(s3, versionedKey), IfNoneMatch: '*' }))

    await expect(write).toFailWith(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(versionedKey).toHaveBody('quick')
    await expect(versionedKey).toHaveVersions(1)
  })

  test(
    'If-None-Match: * creates it when another key was written',
    evidence(facts.P26, facts.P01),
    async ({ s3, key, destination }) => {
      await s3.send(new PutObjectCommand({ ...key, ...slow(s3, destination.address), IfNoneMatch: '*' }))

      await expect(key).toHaveBody(begin + end)
    },
  )

  test(
    'If-Match overwrites it when another key was written',
    evidence(facts.P26, facts.P09),
    async ({ s3, object, destination }) => {
      const { address, ETag } = object
      await s3.send(new PutObjectCommand({ ...address, ...slow(s3, destination.address), IfMatch: ETag }))

      await expect(object).toHaveBody(begin + end)
    },
  )
})
