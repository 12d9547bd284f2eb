import { plural } from '../sentence'

/**
 * The length of the first pause between lines in a log. Each later pause is longer than the one before it, which keeps
 * the log short.
 */
const PAUSE_MS = 5_000
const GROWTH = 1.2
/** The interval between updates on a terminal. */
const TERMINAL_MS = 500

/** Shows the progress of a run: occasional lines in a log, or a continuously updated line on a terminal. */
export class Progress {
  private timer?: NodeJS.Timeout
  private modules = 0
  private checks = 0

  constructor(
    private readonly all: number,
    private readonly stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'> = process.stderr,
  ) {
    this.writeAfter(this.stream.isTTY ? TERMINAL_MS : PAUSE_MS)
  }

  moduleEnded(): void {
    this.modules++
  }

  checkEnded(): void {
    this.checks++
  }

  end(): void {
    clearTimeout(this.timer)
    if (this.stream.isTTY) this.stream.write('\r\u001b[K')
  }

  private writeAfter(pause: number): void {
    this.timer = setTimeout(() => {
      const line = `… ${plural(this.checks, 'check')}, ${this.modules} of ${this.all} files`
      this.stream.write(this.stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
      this.writeAfter(this.stream.isTTY ? pause : pause * GROWTH)
    }, pause).unref()
  }
}
