import { expect, test } from 'vitest'
import { elementOf } from './xml'

test('the text of an element is unescaped, in every way that XML has', () => {
  const text = 'a&amp;b &lt;&gt;&quot;&apos; &#39;&#x27; &#252;&#x65E5;&#x1F600; 日'

  expect(elementOf(`<Error><Key>${text}</Key></Error>`, 'Key')).toBe("a&b <>\"' '' ü日😀 日")
  expect(elementOf('<Error><Key>a&amp;amp;b&amp;#39;</Key></Error>', 'Key')).toBe('a&amp;b&#39;')
})
