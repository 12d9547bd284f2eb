import { describe, evidence, expect, guide, reads, test } from '../../support/test'

describe('The SDK sends dates in whole seconds, without what is beyond', guide('conditional-reads'), () => {
  test.for(reads)('%s sends no milliseconds', evidence('S13', 'R15'), async ({ Read }, { s3, object, sent }) => {
    const lastMillisecond = new Date(object.LastModified.getTime() + 999)
    const read = s3.send(new Read({ ...object.address, IfModifiedSince: lastMillisecond }))

    await expect(read).toBeNotModified()
    expect(sent()).toHaveProperty('if-modified-since', object.LastModified.toUTCString())
  })
})
