import { CANCEL_SYMBOL, multiselect, select, text } from '@clack/prompts'

/** Escape: back to the menu. */
export class Back extends Error {}

export type Option<T extends string> = readonly [value: T, label?: string, hint?: string]

/** How the menu asks; each rejects with `Back` on Escape, and with the reason of the end when the scenario ends. */
export interface Prompts {
  select<T extends string>(message: string, options: readonly Option<T>[]): Promise<T>
  several<T extends string>(message: string, options: readonly Option<T>[]): Promise<T[]>
  /** @param otherwise what an empty answer means; absent: just that, an empty text */
  text(message: string, placeholder: string, otherwise?: string): Promise<string>
}

/** How the menu ends before the user says so. */
export interface Ending {
  /** Aborted when the scenario has to end. */
  readonly signal: AbortSignal
  /** Ctrl-C at a prompt, where it is a key and no signal. */
  interrupt(): void
}

/** Prompts at the terminal. */
export function terminalPrompts({ signal, interrupt }: Ending): Prompts {
  let escaped = false
  process.stdin.on('keypress', (_, key?: { name?: string }) => {
    escaped = key?.name === 'escape'
  })
  const answered = <T>(answer: T | typeof CANCEL_SYMBOL): T => {
    signal.throwIfAborted()
    if (answer !== CANCEL_SYMBOL) return answer as T
    if (escaped) throw new Back()
    interrupt()
    throw signal.reason
  }
  // A prompt never takes its listener back, so that each gets a signal of its own.
  const common = () => ({ signal: AbortSignal.any([signal]), withGuide: false })
  const asOptions = <T extends string>(options: readonly Option<T>[]) =>
    options.map(([value, label = value, hint]) => ({ value, label, hint })) as { value: string; label: string }[]
  return {
    select: async <T extends string>(message: string, options: readonly Option<T>[]) =>
      answered(await select({ ...common(), message, options: asOptions(options) })) as T,
    several: async <T extends string>(message: string, options: readonly Option<T>[]) =>
      answered(await multiselect({ ...common(), message, options: asOptions(options), required: false })) as T[],
    text: async (message, placeholder, otherwise = '') =>
      answered(await text({ ...common(), message, placeholder, defaultValue: otherwise })) ?? otherwise,
  }
}
