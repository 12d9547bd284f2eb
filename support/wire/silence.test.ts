import { expect, test } from 'vitest'
import { kindOf } from './silence'

test.for([
  ['GET service', 'GET', '/', {}, {}],
  ['GET service', 'GET', '/', { 'x-id': 'ListBuckets', 'max-buckets': '1' }, {}],
  ['PUT bucket', 'PUT', '/b', {}, {}],
  ['PUT bucket with a body', 'PUT', '/b', {}, { 'content-length': '120' }],
  ['PUT bucket?versioning', 'PUT', '/b', { versioning: '' }, { 'content-length': '120' }],
  ['GET bucket?versions', 'GET', '/b', { versions: '', prefix: 'p', 'key-marker': 'k' }, {}],
  ['PUT key', 'PUT', '/b/k/l', { 'x-id': 'PutObject' }, { 'content-length': '4', 'if-none-match': '*' }],
  ['PUT key with aws:kms', 'PUT', '/b/k', {}, { 'x-amz-server-side-encryption': 'aws:kms' }],
  ['PUT key with x-amz-copy-source', 'PUT', '/b/k', {}, { 'x-amz-copy-source': 'b/s' }],
  ['PUT key?partNumber&uploadId', 'PUT', '/b/k', { uploadId: 'u', partNumber: '1' }, {}],
] as const)('%s', ([kind, method, path, query, headers]) => {
  expect(kindOf({ method, path, query, headers })).toBe(kind)
})
