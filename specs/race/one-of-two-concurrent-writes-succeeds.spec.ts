import { describe, docs, evidence, expect, facts, rounds, test } from '../../support/test/race'

// The facts in each row cover the race itself and the response that each request gets if it wins.
// biome-ignore format: a table
const table = {
  //                                             with If-Match:         with If-None-Match: *
  'destination of a copy': [
    ['CopyObject', 'PutObject',               [facts.P45, facts.D06, facts.P09], [facts.P44, facts.D01, facts.P01]],
    ['CopyObject', 'CompleteMultipartUpload', [facts.P45, facts.D06, facts.M07], [facts.P44, facts.D01, facts.M01]],
  ],
  'complete an upload': [
    ['CompleteMultipartUpload', 'PutObject',  [facts.P45, facts.M07, facts.P09], [facts.P44, facts.M01, facts.P01]],
  ],
} as const

for (const promise of ['destination of a copy', 'complete an upload'] as const) {
  describe.sequential('Exactly one of two concurrent conditional writes succeeds', {
    ...docs('conditional-writes', { promise }),
    ...rounds(10),
  }, () => {
    for (const [one, other, ifMatch, ifNoneMatch] of table[promise]) {
      test(
        `Exactly one of two concurrent requests with If-Match succeeds: ${one} or ${other}`,
        evidence(...ifMatch),
        async ({ object, contenders }) => {
          const { address, ETag } = object
          const { bodies, send } = await contenders(one, other, address)
          const requests = send({ IfMatch: ETag }, { IfMatch: ETag })

          await expect(requests).toHaveOneWinner()
          await expect(requests).toHaveLosersOf412Or409()
          await expect(object).toHaveBodyOfWinner(requests, bodies)
        },
      )

      test(
        `Exactly one of two concurrent requests with If-None-Match: * succeeds: ${one} or ${other}`,
        evidence(...ifNoneMatch),
        async ({ key, contenders }) => {
          const { bodies, send } = await contenders(one, other, key)
          const requests = send({ IfNoneMatch: '*' }, { IfNoneMatch: '*' })

          await expect(requests).toHaveOneWinner()
          await expect(requests).toHaveLosersOf412Or409()
          await expect(key).toHaveBodyOfWinner(requests, bodies)
        },
      )
    }
  })
}
