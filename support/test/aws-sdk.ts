import { forSpecs } from '../fixtures/base'
import { withFixtures } from '../test'

export * from '../test'

export const test = forSpecs(
  withFixtures
    /** Returns the recorded headers of the spec's last request, including conditional headers. */
    .extend(
      'sentHeaders',
      ({ exchanges }) =>
        () =>
          exchanges.findLast(({ by }) => by === 'spec')?.request.headers,
    ),
)
