/**
 * Breaks a line between words, so that none is longer than the terminal is wide; what is longer than that alone stays
 * whole. What follows is indented as the line itself is, and a little more; a line of an exchange keeps its mark.
 * @param width columns; absent: it stays one line, as where there is no terminal
 */
export function wrap(line: string, width?: number): string[] {
  if (!width || line.length < width) return [line]
  const [mark = ''] = /^([<>] )?\s*/.exec(line) ?? []
  const lines: string[] = []
  let current = mark
  for (const word of line.slice(mark.length).split(/ +/)) {
    if (current.trim() !== mark.trim() && current.length + word.length + 1 >= width) {
      lines.push(current)
      current = `${mark}  `
    }
    current += current.endsWith(' ') || current === '' ? word : ` ${word}`
  }
  return [...lines, current]
}
