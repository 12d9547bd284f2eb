import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, expect } from 'vitest'
import { test } from '../test'
import { toHaveGainedOneVersion, toHoldTheWinner } from './race'

const BODIES = ['caller 00\n', 'caller 01\n', 'caller 02\n']

describe.concurrent('toHoldTheWinner', () => {
  /** The key holds this, one caller is told that it has won, the others are refused. */
  test.for([
    [BODIES[1], 1, true, 'the bytes of a winner'],
    [BODIES[2], 1, false, 'it holds the bytes of a caller who was refused'],
    ['caller 01\ncaller 02\n', 1, false, 'it holds bytes that no caller has sent'],
    [undefined, 1, false, 'it holds what it held before'],
    [undefined, -1, true, 'nobody won'],
    [BODIES[0], -1, false, 'it holds the bytes of a caller who was refused'],
  ] as const)('holding %j where caller %i won is %s', async ([held, winner, pass, observed], { s3, ownObject }) => {
    const { address, ETag } = ownObject
    const refused = BODIES.map((Body) => s3.send(new PutObjectCommand({ ...address, Body, IfMatch: `${ETag}x` })))
    await Promise.allSettled(refused)
    // The look alone says what is held: whoever is told that it has won has written elsewhere, or was there first.
    const writes = refused.map((write, n) =>
      n === winner ? s3.send(new PutObjectCommand({ ...address, Key: `${address.Key}-won`, Body: 'x' })) : write,
    )
    await Promise.allSettled(writes)
    if (held) await s3.send(new PutObjectCommand({ ...address, Body: held }))

    const { pass: is, meta } = await toHoldTheWinner(ownObject, writes, BODIES)

    expect([is, meta.observed]).toEqual([pass, observed])
  })
})

test('toHaveGainedOneVersion counts versions and does not say how many', async ({ s3, versionedObject }) => {
  const put = () => s3.send(new PutObjectCommand({ ...versionedObject.address, Body: 'x' }))
  const none = await toHaveGainedOneVersion(versionedObject)
  await put()
  const one = await toHaveGainedOneVersion(versionedObject)
  await put()
  const two = await toHaveGainedOneVersion(versionedObject)

  expect(none).toMatchObject({ pass: false, meta: { observed: 'it has gained no version', unchanged: true } })
  expect(one).toMatchObject({ pass: true })
  expect(two).toMatchObject({ pass: false, meta: { observed: 'it has gained several versions' } })
})
