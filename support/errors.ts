/** What a machine can lack to start a store. Nothing has failed then: it was not possible to begin. */
export type Missing = 'container runtime' | 'Python' | 'package index'

/** Something that the user can mend: the message names it and the ways on, and is shown without a stack trace. */
export class SetupError extends Error {
  override readonly name = 'SetupError'

  /** @param missing what this machine lacks; absent if something failed, or a setting is wrong */
  constructor(
    message: string,
    readonly missing?: Missing,
  ) {
    super(message)
  }
}

/** What a check needs is not there, in this store or for this caller: nothing is to be said about the store. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported'

  /** @param capability what is not there; `reason` is the message, and says why */
  constructor(
    readonly capability: string,
    reason: string,
  ) {
    super(reason)
  }
}

/** Takes the user and password out of every URL in a text, so that it can be shown. */
export function redact(text: string): string {
  return text.replace(/\/\/[^/@\s]*@/g, '//***@')
}

/**
 * Begins the message of a check that got no response. The config repeats the checks whose message begins with it, since
 * `retry.condition` of a config knows nothing but the message; whatever follows is for people.
 */
export const NO_RESPONSE = 'ENORESPONSE'
