import { describe, expect, test } from 'vitest'
import { entriesIn } from './delete.ts'
import { escapeXml, xmlOf } from './respond.ts'
import { readXml } from './xml.ts'

const read = (xml: string) => entriesIn(readXml(Buffer.from(xml), 'Delete'))
const entry = [{ key: 'k', etag: '"x"' }]

describe('the XML of a request', () => {
  test.for([
    ['without a declaration', '<Delete><Object><Key>k</Key><ETag>"x"</ETag></Object></Delete>'],
    [
      'with a declaration and a namespace',
      '<?xml version="1.0"?><Delete xmlns="urn:s3"><Object><Key>k</Key><ETag>"x"</ETag></Object></Delete>',
    ],
    [
      'with a prefix',
      '<s:Delete xmlns:s="urn:s3"><s:Object><s:Key>k</s:Key><s:ETag>"x"</s:ETag></s:Object></s:Delete>',
    ],
    ['with attributes', '<Delete a="1"><Object b="2"><Key c="3">k</Key><ETag d="4">"x"</ETag></Object></Delete>'],
    ['with whitespace in its tags', '<Delete ><Object ><Key >k</Key ><ETag >"x"</ETag ></Object ></Delete >'],
    ['with CDATA', '<Delete><Object><Key><![CDATA[k]]></Key><ETag><![CDATA["x"]]></ETag></Object></Delete>'],
    ['with references', '<Delete><Object><Key>&#107;</Key><ETag>&quot;x&#x22;</ETag></Object></Delete>'],
    [
      'with comments',
      '<Delete><!-- <Object><Key>other</Key></Object> --><Object><Key>k</Key><ETag>"<!-- -->x"</ETag></Object></Delete>',
    ],
    [
      'with whitespace between its elements',
      '<Delete>\n <Object>\n  <Key>k</Key>\n  <ETag>"x"</ETag>\n </Object>\n</Delete>\n',
    ],
  ])('The parser accepts XML %s', ([, xml = '']) => {
    expect(read(xml)).toEqual(entry)
  })

  test.for([
    ['no content', ''],
    ['a single character', '<'],
    ['an unclosed element', '<Delete><Object><Key>k</Key><ETag>"x"</Object></Delete>'],
    ['a missing end tag', '<Delete><Object><Key>k</Key></Object>'],
    ['text after the end', '<Delete><Object><Key>k</Key></Object></Delete>more'],
    ['two root elements', '<Delete><Object><Key>k</Key></Object></Delete><Delete/>'],
    ['an unknown entity', '<Delete><Object><Key>&unknown;</Key></Object></Delete>'],
    ['a document type', '<!DOCTYPE Delete [<!ENTITY k "k">]><Delete><Object><Key>&k;</Key></Object></Delete>'],
    ['an unexpected root element', '<Remove><Object><Key>k</Key></Object></Remove>'],
    ['no entry', '<Delete/>'],
    ['an entry without a key', '<Delete><Object><ETag>"x"</ETag></Object></Delete>'],
    ['an unescaped ampersand', '<Delete><Object><Key>a&b</Key></Object></Delete>'],
    ['text that is not XML', 'key=k'],
  ])('Invalid XML fails with MalformedXML: %s', ([, xml = '']) => {
    expect(() => read(xml)).toThrow(expect.objectContaining({ status: 400, code: 'MalformedXML' }))
  })

  test.for([
    ['<ETag></ETag>', ''],
    ['<ETag/>', ''],
    ['<ETag> </ETag>', ' '],
  ])('The element %s is a condition', ([etag, value]) => {
    expect(read(`<Delete><Object><Key>k</Key>${etag}</Object></Delete>`)).toEqual([{ key: 'k', etag: value }])
  })
})

test('A response escapes characters that XML does not allow', () => {
  expect(escapeXml('a&<>"b\u0001\r\n')).toBe('a&amp;&lt;&gt;&quot;b&#x1;&#xd;\n')
  expect(xmlOf({ A: [{ B: 1 }, { B: true }], C: undefined, D: '' })).toBe('<A><B>1</B></A><A><B>true</B></A><D/>')
})
