import { CANCEL_SYMBOL, multiselect, select, text } from '@clack/prompts'

/** Thrown when the user presses Escape to return to the menu. */
export class Back extends Error {}

export type Option<T extends string> = readonly [value: T, label?: string, hint?: string]

/**
 * The menu's prompts. The promise that a prompt returns is rejected with `Back` if the user presses Escape, and with
 * the signal's reason when the scenario ends.
 */
export interface Prompts {
  select<T extends string>(message: string, options: readonly Option<T>[]): Promise<T>
  several<T extends string>(message: string, options: readonly Option<T>[]): Promise<T[]>
  /** @param otherwise the text to return if the input is empty; defaults to an empty string */
  text(message: string, placeholder: string, otherwise?: string): Promise<string>
}

interface Ending {
  /** Aborted when the scenario ends. */
  readonly signal: AbortSignal
  /**
   * Called when the user presses Ctrl-C at a prompt. While a prompt is open, Ctrl-C is received as a key press instead of
   * a signal.
   */
  interrupt(): void
}

export function terminalPrompts({ signal, interrupt }: Ending): Prompts {
  let escaped = false
  process.stdin.on('keypress', (_, key?: { name?: string }) => {
    escaped = key?.name === 'escape'
  })
  const inputOf = <T>(input: T | typeof CANCEL_SYMBOL): T => {
    signal.throwIfAborted()
    if (input !== CANCEL_SYMBOL) return input as T
    if (escaped) throw new Back()
    interrupt()
    throw signal.reason
  }
  // A prompt never removes its abort listener, so each prompt gets a separate signal.
  const common = () => ({ signal: AbortSignal.any([signal]), withGuide: false })
  const asOptions = <T extends string>(options: readonly Option<T>[]) =>
    options.map(([value, label = value, hint]) => ({ value, label, hint })) as { value: string; label: string }[]
  return {
    select: async <T extends string>(message: string, options: readonly Option<T>[]) =>
      inputOf(await select({ ...common(), message, options: asOptions(options) })) as T,
    several: async <T extends string>(message: string, options: readonly Option<T>[]) =>
      inputOf(await multiselect({ ...common(), message, options: asOptions(options), required: false })) as T[],
    text: async (message, placeholder, otherwise = '') =>
      inputOf(await text({ ...common(), message, placeholder, defaultValue: otherwise })) ?? otherwise,
  }
}
