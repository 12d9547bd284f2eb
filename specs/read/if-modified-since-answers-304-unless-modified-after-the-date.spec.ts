import {
  describe,
  docs,
  evidence,
  expect,
  facts,
  oneSecondAfter,
  oneSecondBefore,
  reads,
  test,
} from '../../support/test'

describe('If-Modified-Since answers 304 unless the object was modified later', docs('conditional-reads'), () => {
  test.for(reads)('%s answers 200 for an earlier date', evidence(facts.R17), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfModifiedSince: oneSecondBefore(object.LastModified) }))

    await expect(read).toBeAnswered('200')
    await expect(read).toAnswerWith({ LastModified: object.LastModified })
  })

  test.for(reads)('%s answers 304 for Last-Modified itself', evidence(facts.R15), async ({ Read }, { s3, object }) => {
    const read = s3.send(new Read({ ...object.address, IfModifiedSince: object.LastModified }))

    await expect(read).toBeNotModified()
  })

  test.for(reads)(
    '%s answers 304 for a later, past date',
    evidence(facts.R16),
    async ({ Read }, { s3, agedObject }) => {
      const { address, LastModified } = agedObject
      const read = s3.send(new Read({ ...address, IfModifiedSince: oneSecondAfter(LastModified) }))

      await expect(read).toBeNotModified()
    },
  )
})
