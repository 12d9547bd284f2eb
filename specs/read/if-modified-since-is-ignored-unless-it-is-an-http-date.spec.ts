import { describe, docs, evidence, expect, facts, reads, test } from '../../support/test/read'

// If S3 parsed the malformed dates, the requests would return 304. The SDK can send only HTTP dates, so the tests set
// the raw header themselves.
describe('If-Modified-Since is ignored unless its value is an HTTP date', docs('conditional-reads'), () => {
  test.for(reads)(
    '%s with If-Modified-Since returns 200 for the Last-Modified date written with fractional seconds',
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
    '%s with If-Modified-Since returns 200 for the Last-Modified date written with +0000 instead of GMT',
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
    '%s with If-Modified-Since returns 304 for the Last-Modified date written as an HTTP date',
    evidence(facts.R15),
    async ({ Read }, { clientWithHeaders, sharedObject }) => {
      const s3 = clientWithHeaders({ 'if-modified-since': sharedObject.LastModified.toUTCString() })

      const read = s3.send(new Read(sharedObject.address))

      await expect(read).toReturnStatus(304)
    },
  )
})
