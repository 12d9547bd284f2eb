import { run } from '../reference-store/src/command.ts'

// `npm run store` runs the command of the s3-reference-store package from its TypeScript source.
process.exitCode = await run(process.argv.slice(2))
