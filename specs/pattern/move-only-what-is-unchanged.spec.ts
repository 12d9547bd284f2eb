import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import {
  type Address,
  describe,
  docs,
  evidence,
  expect,
  facts,
  rounds,
  runConcurrently,
  test,
} from '../../support/test'

const CHANGED = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey']

/**
 * Moves an object to a key without an object. The move is not atomic: if it stops after the copy, both objects exist.
 */
async function move(s3: S3Client, from: Address, ETag: string, to: Address, beforeDelete = async () => {}) {
  const source = { CopySource: `${from.Bucket}/${encodeURIComponent(from.Key)}`, CopySourceIfMatch: ETag }
  try {
    await s3.send(new CopyObjectCommand({ ...to, ...source, IfNoneMatch: '*' }))
  } catch (error) {
    if (!CHANGED.includes((error as Error).name)) throw error
    // The copy exists if a response was lost or another client has moved the object. Equal ETags mean equal bytes.
    const there = await s3.send(new HeadObjectCommand(to)).catch(({ name }) => ({ ETag: name }))
    if (there.ETag !== ETag) return 'not copied'
  }
  await beforeDelete()
  try {
    await s3.send(new DeleteObjectCommand({ ...from, IfMatch: ETag }))
    return 'moved'
  } catch (error) {
    const { name } = error as Error
    if (name === 'NoSuchKey') return 'moved already'
    if (CHANGED.includes(name)) return 'copied, and changed since'
    throw error
  }
}

describe('Move only what is unchanged: conditions on source, destination and delete', docs('copy-object'), () => {
  test('moves it', evidence(facts.D01, facts.X01), async ({ s3, object, key }) => {
    expect(await move(s3, object.address, object.ETag, key)).toComeTo('moved')

    await expect(key).toHaveBody(object.body)
    await expect(object).toHaveNoObject()
  })

  test('does not copy what has changed', evidence(facts.C02), async ({ s3, object, key }) => {
    await s3.send(new PutObjectCommand({ ...object.address, Body: 'second' }))

    expect(await move(s3, object.address, object.ETag, key)).toComeTo('not copied')
    await expect(key).toHaveNoObject()
    await expect(object).toHaveBody('second')
  })

  test('does not replace what is there', evidence(facts.D02), async ({ s3, object, destination }) => {
    expect(await move(s3, object.address, object.ETag, destination.address)).toComeTo('not copied')

    await expect(destination).toBeUnchanged()
    await expect(object).toBeUnchanged()
  })

  test('keeps what was written after the copy', evidence(facts.X03), async ({ s3, object, key }) => {
    const overwrite = async () => void (await s3.send(new PutObjectCommand({ ...object.address, Body: 'second' })))

    expect(await move(s3, object.address, object.ETag, key, overwrite)).toComeTo('copied, and changed since')
    await expect(object).toHaveBody('second')
  })

  test('ten callers move it to one place', { ...evidence(facts.D01, facts.D02, facts.X01), ...rounds(10) }, async ({
    s3,
    object,
    key,
  }) => {
    const moves = await runConcurrently(10, () => move(s3, object.address, object.ETag, key))

    expect(moves.filter((end) => !end.startsWith('moved'))).toComeTo([])
    await expect(key).toHaveBody(object.body)
    await expect(object).toHaveNoObject()
  })

  test('ten callers lose nothing through every fault', { ...evidence(facts.S12), ...rounds(10) }, async ({
    flakyClient,
    object,
    key,
  }) => {
    const s3 = await flakyClient()

    await runConcurrently(10, () => move(s3, object.address, object.ETag, key))

    await expect(key).toHaveBody(object.body)
    await expect(object).toHaveNoObject()
  })

  test('copy and plain delete lose what was written between', evidence(facts.S40), async ({ s3, object, key }) => {
    await s3.send(new CopyObjectCommand({ ...key, ...object.source }))
    await s3.send(new PutObjectCommand({ ...object.address, Body: 'second' }))

    await s3.send(new DeleteObjectCommand(object.address))

    const { Body } = await s3.send(new GetObjectCommand(key))
    expect(await Body?.transformToString()).toComeTo(object.body)
    await expect(object).toHaveNoObject()
  })
})
