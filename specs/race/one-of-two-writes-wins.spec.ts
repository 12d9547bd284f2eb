import { describe, evidence, expect, race, rounds, test } from '../../support/test'

// The facts are those about the race, and what each of the two requests returns if it wins.
// biome-ignore format: a table
const table = {
  //                                             with If-Match:         with If-None-Match: *
  'destination of a copy': [
    ['CopyObject', 'PutObject',               ['P45', 'D06', 'P09'], ['P44', 'D01', 'P01']],
    ['CopyObject', 'CompleteMultipartUpload', ['P45', 'D06', 'M07'], ['P44', 'D01', 'M01']],
  ],
  'complete an upload': [
    ['CompleteMultipartUpload', 'PutObject',  ['P45', 'M07', 'P09'], ['P44', 'M01', 'P01']],
  ],
} as const

for (const promise of ['destination of a copy', 'complete an upload'] as const) {
  describe('Exactly one of two concurrent writes wins', race('conditional-writes', { promise, ...rounds(10) }), () => {
    for (const [one, other, ifMatch, ifNoneMatch] of table[promise]) {
      test(
        `Exactly one of ${one} and ${other} with If-Match succeeds`,
        evidence(...ifMatch),
        async ({ ownObject, contenders }) => {
          const { address, ETag } = ownObject
          const { bodies, send } = await contenders(one, other, address)
          const requests = send({ IfMatch: ETag }, { IfMatch: ETag })

          await expect(requests).toHaveOneWinner()
          await expect(requests).toHaveLosersOf412Or409()
          await expect(ownObject).toHoldTheWinner(requests, bodies)
        },
      )

      test(
        `Exactly one of ${one} and ${other} with If-None-Match: * succeeds`,
        evidence(...ifNoneMatch),
        async ({ key, contenders }) => {
          const { bodies, send } = await contenders(one, other, key)
          const requests = send({ IfNoneMatch: '*' }, { IfNoneMatch: '*' })

          await expect(requests).toHaveOneWinner()
          await expect(requests).toHaveLosersOf412Or409()
          await expect(key).toHoldTheWinner(requests, bodies)
        },
      )
    }
  })
}
