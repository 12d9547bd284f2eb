import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('A current delete marker is 404 to the entity tag underneath', docs('conditional-writes'), () => {
  test('PutObject is refused', evidence(facts.P15), async ({ s3, versionedObject, snapshot }) => {
    const { address, ETag } = versionedObject
    await s3.send(new DeleteObjectCommand(address))
    const marked = await snapshot(address)

    const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

    await expect(write).toFailWith(404, 'NoSuchKey')
    await expect(marked).toBeUnchanged()
  })

  test('CopyObject is refused', evidence(facts.D09), async ({ s3, sharedObject, versionedObject, snapshot }) => {
    const { address, ETag } = versionedObject
    await s3.send(new DeleteObjectCommand(address))
    const marked = await snapshot(address)

    const copy = s3.send(new CopyObjectCommand({ ...address, ...sharedObject.source, IfMatch: ETag }))

    await expect(copy).toFailWith(404, 'NoSuchKey')
    await expect(marked).toBeUnchanged()
  })

  test('DeleteObject is refused', evidence(facts.X08), async ({ s3, versionedObject, snapshot }) => {
    const { address, ETag } = versionedObject
    await s3.send(new DeleteObjectCommand(address))
    const marked = await snapshot(address)

    const remove = s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))

    await expect(remove).toFailWith(404, 'NoSuchKey')
    await expect(marked).toBeUnchanged()
  })
})
