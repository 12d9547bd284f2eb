/** Software that a store needs to start and that this machine may lack. Without it the store is not tried. */
export type Missing = 'container runtime' | 'Python' | 'package index'

/** An error that the user can fix. The message names the cause and the remedy, and is shown without a stack trace. */
export class SetupError extends Error {
  override readonly name = 'SetupError'

  /** @param missing the software that this machine lacks; omitted for any other cause, such as an invalid setting */
  constructor(
    message: string,
    readonly missing?: Missing,
  ) {
    super(message)
  }
}

/** Thrown to skip a check that needs a capability that the store does not support, at least not for this caller. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported'

  constructor(
    readonly capability: string,
    reason: string,
  ) {
    super(reason)
  }
}

/**
 * The prefix of the error message of a check that got no response. Vitest retries such checks by this prefix, because
 * `retry.condition` in the config can test only the message.
 */
export const NO_RESPONSE = 'ENORESPONSE'
