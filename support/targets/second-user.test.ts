import { expect, test } from 'vitest'
import { principalOf } from './second-user'

test.for([
  ['arn:aws:iam::123456789012:user/guest', 'arn:aws:iam::123456789012:user/guest'],
  ['arn:aws:sts::123456789012:assumed-role/guest/aws-sdk-js-1', 'arn:aws:iam::123456789012:role/guest'],
  ['arn:aws-cn:sts::123456789012:assumed-role/guest/me@example.com', 'arn:aws-cn:iam::123456789012:role/guest'],
])('the principal of %s is %s', ([arn, principal]) => {
  expect(principalOf(arn ?? '')).toBe(principal)
})
