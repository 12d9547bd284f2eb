import { RenameObjectCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/directory-bucket'

describe(
  'A client token makes a rename repeatable',
  docs('directory-buckets-objects-rename', { needs: ['directory-bucket'] }),
  () => {
    test(
      'the same once more is 200',
      evidence(facts.E08),
      async ({ s3, directoryObject, directoryKey, clientToken: ClientToken }) => {
        const rename = { ...directoryKey, RenameSource: encodeURIComponent(directoryObject.address.Key), ClientToken }
        await s3.send(new RenameObjectCommand(rename))

        await s3.send(new RenameObjectCommand(rename))

        await expect(directoryKey).toHaveBody(directoryObject.body)
      },
    )

    test(
      'another one with it is 400',
      evidence(facts.E08),
      async ({ s3, directoryObject, directoryKey, newObject, clientToken: ClientToken }) => {
        const other = await newObject(directoryKey.Bucket)
        await s3.send(
          new RenameObjectCommand({
            ...directoryKey,
            RenameSource: encodeURIComponent(directoryObject.address.Key),
            ClientToken,
          }),
        )

        const rename = s3.send(
          new RenameObjectCommand({
            ...directoryKey,
            RenameSource: encodeURIComponent(other.address.Key),
            ClientToken,
          }),
        )

        await expect(rename).toFailWith(400, 'IdempotencyParameterMismatch')
        await expect(directoryKey).toHaveBody(directoryObject.body)
        await expect(other).toBeUnchanged()
      },
    )
  },
)
