import { expect, test } from 'vitest'
import { elementOf, errorXml, isError } from './xml'

test('the text of an element is unescaped', () => {
  const text = 'a&amp;b &lt;&gt;&quot;&apos; &#39;&#x27; &#252;&#x65E5;&#x1F600; 日'

  expect(elementOf(`<Error><Key>${text}</Key></Error>`, 'Key')).toBe("a&b <>\"' '' ü日😀 日")
  expect(elementOf('<Error><Key>a&amp;amp;b&amp;#39;</Key></Error>', 'Key')).toBe('a&amp;b&#39;')
})

test('an error contains its elements in order', () => {
  const xml = errorXml({ Code: 'NoSuchKey', Message: 'no' })

  expect(xml).toBe('<Error><Code>NoSuchKey</Code><Message>no</Message></Error>')
  expect([xml, `<?xml version="1.0"?>\n${xml}`, '<Errors/>', ''].map(isError)).toEqual([true, true, false, false])
})
