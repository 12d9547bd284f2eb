import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { root } from '../paths'

test('npm run store starts a store for an application, and Ctrl-C ends it', { timeout: 90_000 }, async () => {
  const args = ['--import', 'tsx', 'support/tools/store.ts', '--fault', 'conflict:PutObject:key=a:1']
  const store = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const said: string[] = []
  for await (const line of createInterface(store.stdout)) {
    said.push(line)
    if (line === 'ready') break
  }
  const [, endpoint = ''] = /^AWS_ENDPOINT_URL_S3=(.*)$/m.exec(said.join('\n')) ?? []
  const s3 = new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
  })

  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }))
  const put = () => s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'a', Body: 'a', IfNoneMatch: '*' }))

  await expect(put()).rejects.toMatchObject({ name: 'ConditionalRequestConflict' })
  await put()
  await expect(put()).rejects.toMatchObject({ name: 'PreconditionFailed' })
  s3.destroy()
  store.kill('SIGINT')
  expect(await once(store, 'exit')).toEqual([0, null])
  await expect(fetch(endpoint)).rejects.toThrow()
})
