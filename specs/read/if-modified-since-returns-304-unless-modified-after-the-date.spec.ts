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
} from '../../support/test/read'

const options = docs('conditional-reads')

describe('A read with If-Modified-Since returns 304 unless the object was modified after the date', options, () => {
  test.for(reads)(
    '%s with If-Modified-Since returns 200 for a date before Last-Modified',
    evidence(facts.R17),
    async ({ Read }, { s3, sharedObject }) => {
      const earlier = oneSecondBefore(sharedObject.LastModified)
      const read = s3.send(new Read({ ...sharedObject.address, IfModifiedSince: earlier }))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ LastModified: sharedObject.LastModified })
    },
  )

  test.for(reads)(
    '%s with If-Modified-Since returns 304 for a date equal to Last-Modified',
    evidence(facts.R15),
    async ({ Read }, { s3, sharedObject }) => {
      const read = s3.send(new Read({ ...sharedObject.address, IfModifiedSince: sharedObject.LastModified }))

      await expect(read).toReturnStatus(304)
    },
  )

  test.for(reads)(
    '%s with If-Modified-Since returns 304 for a date between Last-Modified and now',
    evidence(facts.R16),
    async ({ Read }, { s3, agedSharedObject }) => {
      const later = oneSecondAfter(agedSharedObject.LastModified)
      const read = s3.send(new Read({ ...agedSharedObject.address, IfModifiedSince: later }))

      await expect(read).toReturnStatus(304)
    },
  )
})
