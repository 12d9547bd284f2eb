/** Something that the user can mend: the message names it and the ways on, and is shown without a stack trace. */
export class SetupError extends Error {
  override readonly name = 'SetupError'
}

/** Takes the user and password out of every URL in a text, so that it can be shown. */
export function redact(text: string): string {
  return text.replace(/\/\/[^/@\s]*@/g, '//***@')
}
