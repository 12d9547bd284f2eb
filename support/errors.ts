/** Software that a machine may lack and a store needs to start. The store was then not tried, and nothing failed. */
export type Missing = 'container runtime' | 'Python' | 'package index'

/** An error that the user can fix. The message names the cause and the way out, and is shown without a stack trace. */
export class SetupError extends Error {
  override readonly name = 'SetupError'

  /** @param missing what this machine lacks; omitted if something failed or a setting is invalid */
  constructor(
    message: string,
    readonly missing?: Missing,
  ) {
    super(message)
  }
}

/** The store does not support a capability that a check needs, or not for this caller. The check is skipped. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported'

  /** @param reason the message */
  constructor(
    readonly capability: string,
    reason: string,
  ) {
    super(reason)
  }
}

/**
 * The beginning of the message of a check that got no response. The config repeats such checks: its `retry.condition`
 * can test only the message.
 */
export const NO_RESPONSE = 'ENORESPONSE'
