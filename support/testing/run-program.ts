import { spawn } from 'node:child_process'

/**
 * Runs a program without input, and collects what it prints. `output` contains stdout and stderr in the order in which
 * they arrived.
 */
export function runProgram(
  file: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ code: number | null; stdout: string; stderr: string; output: string }> {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const printed = { stdout: '', stderr: '', output: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk) => {
      printed[name] += chunk
      printed.output += chunk
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ ...printed, code }))
  })
}
