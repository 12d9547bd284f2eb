/** Formats a Markdown table. Escapes pipes in cells, and replaces line breaks in cells with spaces. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n')
}

function cell(content: string | number): string {
  return String(content)
    .replace(/\\?\|/g, '\\|')
    .replace(/\s*\n\s*/g, ' ')
}

/** Joins blocks into a page, skipping empty ones. */
export function page(...blocks: readonly string[]): string {
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

/** Replaces the text between `<!-- name -->` and `<!-- /name -->`. */
export function between(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [before, rest] = text.split(start)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`README.md lacks ${start} or ${end}.`)
  return `${before}${start}\n\n${content}\n\n${end}${after}`
}
