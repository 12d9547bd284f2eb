import { describe, docs, evidence, expect, facts, rounds, test } from '../../support/test/race'

// The facts in each row cover the race itself and the response that each request gets if it wins. The losing request
// fails with 404, 409 or 412; a losing DeleteObjects request returns an error for its entry instead.
// biome-ignore format: a table
const table = {
  delete: [
    ['DeleteObject',  'PutObject',               [facts.X33, facts.P45, facts.X01, facts.P09]],
    ['DeleteObject',  'CompleteMultipartUpload', [facts.X33, facts.P45, facts.X01, facts.M07]],
    ['DeleteObject',  'DeleteObjects',           [facts.X33, facts.X01, facts.X30]],
    ['DeleteObjects', 'PutObject',               [facts.X33, facts.P45, facts.X30, facts.P09]],
    ['DeleteObjects', 'CompleteMultipartUpload', [facts.X33, facts.P45, facts.X30, facts.M07]],
  ],
  'destination of a copy': [
    ['DeleteObject',  'CopyObject',              [facts.X33, facts.P45, facts.X01, facts.D06]],
    ['DeleteObjects', 'CopyObject',              [facts.X33, facts.P45, facts.X30, facts.D06]],
  ],
} as const

const SENTENCE = 'Either a conditional delete or a concurrent conditional request succeeds, never both'

for (const promise of ['delete', 'destination of a copy'] as const) {
  describe.sequential(SENTENCE, { ...docs('conditional-deletes', { promise }), ...rounds(10) }, () => {
    for (const [one, other, facts] of table[promise]) {
      test(
        `Exactly one of two concurrent requests with If-Match succeeds: ${one} or ${other}`,
        evidence(...facts),
        async ({ object, contenders }) => {
          const { address, ETag } = object
          const { bodies, send } = await contenders(one, other, address)
          const requests = send({ IfMatch: ETag }, { IfMatch: ETag })

          await expect(requests).toHaveOneWinner()
          await expect(object).toHaveBodyOfWinner(requests, bodies)
        },
      )
    }
  })
}
