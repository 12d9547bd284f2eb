import { describe, docs, evidence, expect, facts, rounds, test } from '../../support/test/race'

// If S3 processes the unconditional write first, the request with If-Match fails with 412 or 409. Otherwise the
// unconditional write takes effect after that request. The table has no row for an unconditional
// CompleteMultipartUpload, because a request that S3 receives after CreateMultipartUpload can take precedence over the
// completion (open question O27).
// biome-ignore format: a table
const table = {
  'compare-and-swap': [
    ['PutObject',  'PutObject',               [facts.P26, facts.P45, facts.S40]],
    ['CopyObject', 'PutObject',               [facts.P26, facts.P45, facts.S40]],
  ],
  'destination of a copy': [
    ['PutObject',  'CopyObject',              [facts.D13, facts.P45, facts.S40]],
    ['CopyObject', 'CopyObject',              [facts.D13, facts.P45, facts.S40]],
  ],
  'complete an upload': [
    ['PutObject',  'CompleteMultipartUpload', [facts.P45, facts.S40]],
    ['CopyObject', 'CompleteMultipartUpload', [facts.P45, facts.S40]],
  ],
  delete: [
    ['PutObject',  'DeleteObject',            [facts.X16, facts.X33, facts.S40]],
    ['CopyObject', 'DeleteObject',            [facts.X16, facts.X33, facts.S40]],
    ['PutObject',  'DeleteObjects',           [facts.X33, facts.S40]],
    ['CopyObject', 'DeleteObjects',           [facts.X33, facts.S40]],
  ],
} as const

const SENTENCE = 'An unconditional write prevails over a concurrent conditional request'

for (const promise of ['compare-and-swap', 'destination of a copy', 'complete an upload', 'delete'] as const) {
  describe.sequential(SENTENCE, { ...docs('conditional-requests', { promise }), ...rounds(10) }, () => {
    for (const [plain, other, facts] of table[promise]) {
      test(
        `An unconditional ${plain} request prevails over a concurrent ${other} request with If-Match`,
        evidence(...facts),
        async ({ object, contenders }) => {
          const { address, ETag } = object
          const { bodies, send } = await contenders(plain, other, address)
          const requests = send({}, { IfMatch: ETag })
          await Promise.allSettled(requests)

          await expect(requests[0]).toReturnStatus(200)
          await expect(object).toHaveBody(bodies[0])
        },
      )
    }
  })
}
