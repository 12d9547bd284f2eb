import { run } from '../reference-store/src/command.ts'

// `npm run store` runs the command of the package from its source.
process.exitCode = await run(process.argv.slice(2))
