import { plural } from '../sentence'

/** The first pause between lines of a log. Each pause is longer than the one before, so that there are few lines. */
const PAUSE_MS = 5_000
const GROWTH = 1.2
/** How often the line on a terminal is updated. */
const TERMINAL_MS = 500

/** Shows how far a run has come: in a log a line now and then, on a terminal one line that changes. */
export class Progress {
  private timer?: NodeJS.Timeout
  private modules = 0
  private checks = 0

  constructor(
    private readonly all: number,
    private readonly stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'> = process.stderr,
  ) {
    this.sayAfter(this.stream.isTTY ? TERMINAL_MS : PAUSE_MS)
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

  private sayAfter(pause: number): void {
    this.timer = setTimeout(() => {
      const line = `… ${plural(this.checks, 'check')}, ${this.modules} of ${this.all} files`
      this.stream.write(this.stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
      this.sayAfter(this.stream.isTTY ? pause : pause * GROWTH)
    }, pause).unref()
  }
}
