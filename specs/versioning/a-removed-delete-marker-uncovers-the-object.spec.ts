import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, evidence, expect, guide, reads, test } from '../../support/test'

describe('A delete marker that is removed uncovers the object', guide('ManagingDelMarkers'), () => {
  test('If-None-Match: * is refused again', evidence('P05', 'V04'), async ({ s3, versionedObject, remember }) => {
    const { address } = versionedObject
    const { VersionId } = await s3.send(new DeleteObjectCommand(address))
    await s3.send(new DeleteObjectCommand({ ...address, VersionId }))
    const uncovered = await remember(address)

    const write = s3.send(new PutObjectCommand({ ...address, Body: 'second', IfNoneMatch: '*' }))

    await expect(write).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-None-Match' })
    await expect(uncovered).toBeUntouched()
  })

  test('If-Match holds again', evidence('P09', 'V04'), async ({ s3, versionedObject }) => {
    const { address, ETag } = versionedObject
    const { VersionId } = await s3.send(new DeleteObjectCommand(address))
    await s3.send(new DeleteObjectCommand({ ...address, VersionId }))

    await s3.send(new PutObjectCommand({ ...address, Body: 'second', IfMatch: ETag }))

    await expect(versionedObject).toHoldObject('second')
    await expect(versionedObject).toHaveVersions(2)
  })

  test.for(reads)('%s answers 304 again', evidence('R06', 'V04'), async ({ Read }, { s3, versionedObject }) => {
    const { address, ETag } = versionedObject
    const { VersionId } = await s3.send(new DeleteObjectCommand(address))
    await s3.send(new DeleteObjectCommand({ ...address, VersionId }))

    const read = s3.send(new Read({ ...address, IfNoneMatch: ETag }))

    await expect(read).toBeNotModified()
  })
})
