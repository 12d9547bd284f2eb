import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, expect } from 'vitest'
import { test } from '../test'
import { toHaveBodyOfWinner, toHaveGainedOneVersion } from './race'

const BODIES = ['caller 00\n', 'caller 01\n', 'caller 02\n']

describe.concurrent('toHaveBodyOfWinner', () => {
  /**
   * Each row: the body stored under the key, the index of the winning request (-1 for none), whether the matcher
   * passes, and the content that the matcher observes.
   */
  test.for([
    [BODIES[1], 1, true, 'object'],
    [BODIES[2], 1, false, 'bytes of a failed writer'],
    ['caller 01\ncaller 02\n', 1, false, 'bytes that no writer sent'],
    [undefined, 1, false, 'bytes from before'],
    [undefined, -1, true, 'bytes from before'],
    [BODIES[0], -1, false, 'bytes of a failed writer'],
  ] as const)(
    'with %j at the key and request %i as the winner: pass %s',
    async ([has, winner, pass, holds], { s3, object }) => {
      const { address, ETag } = object
      const failed = BODIES.map((Body) => s3.send(new PutObjectCommand({ ...address, Body, IfMatch: `${ETag}x` })))
      await Promise.allSettled(failed)
      // The winning request writes to another key, so that it does not overwrite this key's object.
      const writes = failed.map((write, n) =>
        n === winner ? s3.send(new PutObjectCommand({ ...address, Key: `${address.Key}-won`, Body: 'x' })) : write,
      )
      await Promise.allSettled(writes)
      if (has) await s3.send(new PutObjectCommand({ ...address, Body: has }))

      const found = await toHaveBodyOfWinner(object, writes, BODIES)

      expect(found).toMatchObject({ pass, observed: [{ kind: 'object', holds }] })
    },
  )

  /**
   * Each row: the winning request, the body stored under the key afterwards (undefined if there is no object), whether
   * the matcher passes, and the content that the matcher observes.
   */
  test.for([
    ['the delete', undefined, true, 'nothing'],
    ['the delete', BODIES[0], false, 'bytes of a failed writer'],
    ['the write', undefined, false, 'nothing'],
    ['the write', BODIES[0], true, 'object'],
  ] as const)('%s wins and the key has %j: pass %s', async ([winner, has, pass, holds], { s3, object, key }) => {
    const { address, ETag } = object
    const stale = { IfMatch: `${ETag}x` }
    // Neither request changes the object: the winning one uses another key, and the losing one fails.
    const requests = [
      s3.send(
        new PutObjectCommand(winner === 'the write' ? { ...key, Body: 'x' } : { ...address, ...stale, Body: 'x' }),
      ),
      s3.send(winner === 'the delete' ? new DeleteObjectCommand(key) : new PutObjectCommand({ ...address, ...stale })),
    ]
    await Promise.allSettled(requests)
    await s3.send(has ? new PutObjectCommand({ ...address, Body: has }) : new DeleteObjectCommand(address))

    expect(await toHaveBodyOfWinner(object, requests, [BODIES[0], undefined])).toMatchObject({
      pass,
      observed: [{ kind: 'object', holds }],
    })
  })
})

test('toHaveGainedOneVersion observes that versions were added, but not how many', async ({ s3, versionedObject }) => {
  const put = () => s3.send(new PutObjectCommand({ ...versionedObject.address, Body: 'x' }))
  const none = await toHaveGainedOneVersion(versionedObject)
  await put()
  const one = await toHaveGainedOneVersion(versionedObject)
  await put()
  const two = await toHaveGainedOneVersion(versionedObject)

  expect(none).toMatchObject({ pass: false, observed: [{ gained: 'none' }], unchanged: true })
  expect(one).toMatchObject({ pass: true })
  expect(two).toMatchObject({ pass: false, observed: [{ gained: 'several' }] })
})
