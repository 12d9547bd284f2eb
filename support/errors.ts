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
 * Thrown to skip a check because the store lacks a capability that the check needs, or does not offer the capability to
 * this caller.
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
 * A check's error message begins with this word if one of the check's requests received no response or only a transient
 * error. Vitest retries such a check: `retry.condition` in the config looks for this word, because it can test only the
 * message.
 */
export const NO_RESPONSE = 'ENORESPONSE'
