import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test'

describe('A current delete marker is 404 to the entity tag underneath', docs('conditional-writes'), () => {
  test('PutObject is refused', evidence(facts.P15), async ({ s3, versionedObject, remember }) => {
    const { address, ETag } = versionedObject
    await s3.send(new DeleteObjectCommand(address))
    const marked = await remember(address)

    const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

    await expect(write).toBeRefused(404, 'NoSuchKey')
    await expect(marked).toBeUntouched()
  })

  test('CopyObject is refused', evidence(facts.D09), async ({ s3, object, versionedObject, remember }) => {
    const { address, ETag } = versionedObject
    await s3.send(new DeleteObjectCommand(address))
    const marked = await remember(address)

    const copy = s3.send(new CopyObjectCommand({ ...address, ...object.source, IfMatch: ETag }))

    await expect(copy).toBeRefused(404, 'NoSuchKey')
    await expect(marked).toBeUntouched()
  })

  test('DeleteObject is refused', evidence(facts.X08), async ({ s3, versionedObject, remember }) => {
    const { address, ETag } = versionedObject
    await s3.send(new DeleteObjectCommand(address))
    const marked = await remember(address)

    const remove = s3.send(new DeleteObjectCommand({ ...address, IfMatch: ETag }))

    await expect(remove).toBeRefused(404, 'NoSuchKey')
    await expect(marked).toBeUntouched()
  })
})
