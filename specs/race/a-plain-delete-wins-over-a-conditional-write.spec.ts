import { describe, docs, evidence, expect, facts, rounds, test } from '../../support/test/race'

// If S3 processes the unconditional delete first, the write with If-Match fails with 404, 409 or 412. Otherwise the
// unconditional delete removes the object that was written.
// biome-ignore format: a table
const table = {
  'compare-and-swap': [
    ['DeleteObject',  204, 'PutObject',               [facts.P24, facts.P45]],
    ['DeleteObjects', 200, 'PutObject',               [facts.P24, facts.P45]],
  ],
  'destination of a copy': [
    ['DeleteObject',  204, 'CopyObject',              [facts.D13, facts.P45]],
    ['DeleteObjects', 200, 'CopyObject',              [facts.D13, facts.P45]],
  ],
  'complete an upload': [
    ['DeleteObject',  204, 'CompleteMultipartUpload', [facts.P45]],
    ['DeleteObjects', 200, 'CompleteMultipartUpload', [facts.P45]],
  ],
} as const

const SENTENCE = 'An unconditional delete prevails over a concurrent conditional write'

for (const promise of ['compare-and-swap', 'destination of a copy', 'complete an upload'] as const) {
  describe.sequential(SENTENCE, { ...docs('conditional-writes', { promise }), ...rounds(10) }, () => {
    for (const [plain, status, other, facts] of table[promise]) {
      test(
        `An unconditional ${plain} request prevails over a concurrent ${other} request with If-Match`,
        evidence(...facts),
        async ({ object, contenders }) => {
          const { address, ETag } = object
          const { send } = await contenders(plain, other, address)
          const requests = send({}, { IfMatch: ETag })
          await Promise.allSettled(requests)

          await expect(requests[0]).toReturnStatus(status)
          await expect(object).toHaveNoObject()
        },
      )
    }
  })
}
