import { describe, expect, test } from 'vitest'
import { contextOf, failureOf, newBucket, objectOf, textIn } from '../../test/context.ts'
import { deleteObjectTagging, getObjectTagging, parseTags, putObjectTagging } from './tags.ts'

describe('parseTags', () => {
  test('The header x-amz-tagging can have percent-encoded keys and values, and + for a space', () => {
    expect(parseTags('a=1&b%20c=%C3%A9+%2F&empty=&none')).toEqual([
      ['a', '1'],
      ['b c', 'é /'],
      ['empty', ''],
      ['none', ''],
    ])
    expect(parseTags('')).toEqual([])
  })

  test.each(['key1=val1&key1=val2', 'key1=val1,key2=val2', '=a'])(
    'The header x-amz-tagging with the value %s fails with 400 InvalidArgument',
    (text) => {
      expect(failureOf(() => parseTags(text))).toMatchObject({
        status: 400,
        code: 'InvalidArgument',
        elements: { ArgumentName: 'x-amz-tagging', ArgumentValue: text },
      })
    },
  )

  test.each([
    [`${'k'.repeat(129)}=v`, 'InvalidTag'],
    [`k=${'v'.repeat(257)}`, 'InvalidTag'],
    ['aws:k=v', 'InvalidTag'],
    [Array.from({ length: 11 }, (_, i) => `k${i}=v`).join('&'), 'BadRequest'],
  ])('The header x-amz-tagging with the value %s fails with 400', (text, code) => {
    expect(failureOf(() => parseTags(text))).toMatchObject({ status: 400, code })
  })

  test('The header x-amz-tagging can have ten tags of the maximum length', () => {
    const tags = Array.from({ length: 10 }, (_, i) => `${String(i).repeat(128)}=${'v'.repeat(256)}`)
    expect(parseTags(tags.join('&'))).toHaveLength(10)
  })
})

describe('tags of an object', () => {
  function bucketWith(versioning: 'never' | 'enabled') {
    const { state, bucket } = newBucket()
    bucket.versioning = versioning
    const put = () => state.write(bucket, 'key', objectOf('text', { tags: [['first', '1']] })).versionId
    const at = (method: string, query: string, body?: string) =>
      contextOf(method, `/bucket/key?tagging${query}`, { body }, state)
    return {
      state,
      bucket,
      put,
      get: (query = '') => getObjectTagging(at('GET', query)),
      set: (tags: string, query = '') =>
        putObjectTagging(at('PUT', query, `<Tagging><TagSet>${tags}</TagSet></Tagging>`)),
      remove: (query = '') => deleteObjectTagging(at('DELETE', query)),
    }
  }
  const tag = (key: string, value: string) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`

  test('The tags of an object can be replaced and deleted', () => {
    const { put, get, set, remove } = bucketWith('never')
    put()
    expect(textIn(get())).toContain(`<TagSet>${tag('first', '1')}</TagSet></Tagging>`)
    expect(set(tag('a', '1') + tag('b', '')).status).toBe(200)
    expect(textIn(get())).toContain(`<TagSet>${tag('a', '1')}<Tag><Key>b</Key><Value/></Tag></TagSet>`)
    expect(get().headers).not.toHaveProperty('x-amz-version-id')
    expect(remove().status).toBe(204)
    expect(textIn(get())).toContain('<TagSet/>')
  })

  test('The tags of an object belong to one version', () => {
    const { put, get, set, remove } = bucketWith('enabled')
    const [older, newer] = [put(), put()]
    expect(set(tag('a', '1'), `&versionId=${older}`).headers['x-amz-version-id']).toBe(older)
    expect(textIn(get())).toContain('first')
    expect(get().headers['x-amz-version-id']).toBe(newer)
    expect(remove().headers['x-amz-version-id']).toBe(newer)
    expect(textIn(get(`&versionId=${older}`))).toContain(tag('a', '1'))
  })

  test('Tagging operations fail with 404 when the object does not exist, and with 405 for a delete marker', () => {
    const { state, bucket, get, set, remove } = bucketWith('enabled')
    for (const send of [get, remove, () => set('')]) {
      expect(failureOf(() => send())).toMatchObject({ status: 404, code: 'NoSuchKey', elements: { Key: 'key' } })
    }
    expect(failureOf(() => get(`&versionId=${'x'.repeat(32)}`))).toMatchObject({ status: 404, code: 'NoSuchVersion' })
    expect(failureOf(() => get('&versionId=none'))).toMatchObject({ status: 400, code: 'InvalidArgument' })
    const marker = state.remove(bucket, 'key', new Date())
    for (const query of ['', `&versionId=${marker?.versionId}`]) {
      expect(failureOf(() => set('', query))).toMatchObject({
        status: 405,
        code: 'MethodNotAllowed',
        elements: { Method: 'PUT', ResourceType: 'DeleteMarker' },
      })
    }
  })

  test.each([
    [tag('Key1', 'a') + tag('Key1', 'b'), 'InvalidTag', { TagKey: 'Key1' }],
    [tag('Key1,Key2', 'a'), 'InvalidTag', { TagKey: 'Key1,Key2' }],
    [tag('Key1', 'a,b'), 'InvalidTag', { TagKey: 'Key1', TagValue: 'a,b' }],
    [tag('aws:prefixed', 'a'), 'InvalidTag', { TagKey: 'aws:prefixed' }],
    ['<Tag><Key>a</Key></Tag>', 'MalformedXML', {}],
  ])('PutObjectTagging fails with 400 for %s', (tags, code, elements) => {
    const { put, get, set } = bucketWith('never')
    put()
    expect(failureOf(() => set(tags))).toMatchObject({ status: 400, code, elements })
    expect(textIn(get())).toContain('first')
  })
})
