import { forSpecs } from '../fixtures/base'
import { withFixtures } from '../test'

export * from '../test'

/** `test` with the fixtures of `specs/aws-sdk`. */
export const test = forSpecs(
  withFixtures
    /** The recorded headers of the spec's last request, including conditional headers. */
    .extend(
      'sentHeaders',
      ({ exchanges }) =>
        () =>
          exchanges.findLast(({ by }) => by === 'spec')?.request.headers,
    ),
)
