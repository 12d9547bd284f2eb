/**
 * Software that a store may need in order to start. If this machine lacks it, the suite may start the reference store
 * instead.
 */
export type Missing = 'container runtime' | 'Python' | 'package index'

/** An error that the user can fix. The message names the cause and the remedy, and is shown without a stack trace. */
export class SetupError extends Error {
  override readonly name = 'SetupError'

  /** @param missing the software that this machine lacks; omitted if something else caused the error */
  constructor(
    message: string,
    readonly missing?: Missing,
  ) {
    super(message)
  }
}

/**
 * Thrown to skip a check that needs a capability that the store does not support, or does not support for this caller.
 */
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
 * The prefix of a check's error message if one of the check's requests got no response. Vitest retries checks whose
 * message has this prefix: `retry.condition` in the config can test only the message.
 */
export const NO_RESPONSE = 'ENORESPONSE'
