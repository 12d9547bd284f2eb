import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

// Each would answer 304 if it were read as the date that it means. The SDK writes dates rightly, so the header is added.
describe('If-Modified-Since is ignored when it is no HTTP date', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s ignores a fraction of a second',
    evidence(facts.R58),
    async ({ Read }, { clientWithHeaders, sharedObject }) => {
      const date = sharedObject.LastModified.toUTCString().replace(' GMT', '.000 GMT')
      const s3 = clientWithHeaders({ 'if-modified-since': date })

      const read = s3.send(new Read(sharedObject.address))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ LastModified: sharedObject.LastModified })
    },
  )

  test.for(reads)(
    '%s ignores a date without GMT',
    evidence(facts.R58),
    async ({ Read }, { clientWithHeaders, sharedObject }) => {
      const date = sharedObject.LastModified.toUTCString().replace('GMT', '+0000')
      const s3 = clientWithHeaders({ 'if-modified-since': date })

      const read = s3.send(new Read(sharedObject.address))

      await expect(read).toReturnStatus(200)
      await expect(read).toHaveOutput({ LastModified: sharedObject.LastModified })
    },
  )

  test.for(reads)(
    '%s answers 304 to the HTTP date',
    evidence(facts.R15),
    async ({ Read }, { clientWithHeaders, sharedObject }) => {
      const s3 = clientWithHeaders({ 'if-modified-since': sharedObject.LastModified.toUTCString() })

      const read = s3.send(new Read(sharedObject.address))

      await expect(read).toReturnStatus(304)
    },
  )
})
