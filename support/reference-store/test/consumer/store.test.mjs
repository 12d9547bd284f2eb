// A typical application test in plain JavaScript that uses node:test and fetch, but neither a compiler nor the AWS SDK.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startReferenceStore } from 's3-reference-store'

const store = await startReferenceStore()
after(() => store.close())

const headers = {
  authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
}
const put = (path, more = {}) =>
  fetch(store.endpoint + path, { method: 'PUT', headers: { ...headers, ...more }, body: 'me' })
const get = (path) => fetch(store.endpoint + path, { headers })

test('PutObject with If-None-Match: * fails with 412 when the key exists', async () => {
  assert.equal((await fetch(`${store.endpoint}/locks`, { method: 'PUT', headers })).status, 200)
  assert.equal((await put('/locks/first', { 'if-none-match': '*' })).status, 200)
  const response = await put('/locks/first', { 'if-none-match': '*' })
  assert.equal(response.status, 412)
  assert.match(await response.text(), /<Code>PreconditionFailed<\/Code>.*<Condition>If-None-Match<\/Condition>/)
})

test('PutObject fails with 409 exactly once after a test has added the fault conflict', async () => {
  store.faults.add({ fault: 'conflict', operation: 'PutObject', key: 'second', times: 1 })
  assert.equal((await put('/locks/second', { 'if-none-match': '*' })).status, 409)
  assert.equal((await get('/locks/second')).status, 404)
  assert.equal((await put('/locks/second', { 'if-none-match': '*' })).status, 200)
})

test('PutObject with a lost response is executed', async () => {
  store.faults.add({ fault: 'lost-response', operation: 'PutObject', key: 'third', times: 1 })
  await assert.rejects(put('/locks/third'))
  assert.equal(await (await get('/locks/third')).text(), 'me')
})

test('A closed store accepts no requests', async () => {
  const other = await startReferenceStore()
  await other.close()
  await assert.rejects(fetch(other.endpoint))
})
