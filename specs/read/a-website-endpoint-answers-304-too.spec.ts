import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

describe('A static website endpoint honours If-None-Match', guide('WebsiteHosting', { needs: ['website'] }), () => {
  test('GET answers 304 for the current entity tag', evidence('R60'), async ({ website, object }) => {
    const answer = await website.get(object.address.Key, { 'if-none-match': object.ETag })

    expect(answer.status).toBe(304)
    expect(answer.body).toBe('')
  })

  test('GET answers 200 for another entity tag', evidence('R60'), async ({ website, object }) => {
    const answer = await website.get(object.address.Key, { 'if-none-match': anotherETag })

    expect(answer.status).toBe(200)
    expect(answer.body).toBe(object.body)
  })
})
