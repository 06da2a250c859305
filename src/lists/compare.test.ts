import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkedAgainst, listedIn, meaningsOf, type NamedLine } from './compare.ts'

const line = (nth: number, subscriberId: string, decision = '', reason = ''): NamedLine => ({
  line: nth,
  subscriberId,
  decision,
  reason,
})

test('columns are known by their titles in both languages; others are let be', () => {
  expect(meaningsOf(['用户标识', '号码', '姓名', '处理意见', '原因'])).toEqual(
    new Map([
      ['subscriber', '用户标识'],
      ['number', '号码'],
      ['decision', '处理意见'],
      ['reason', '原因'],
    ]),
  )
  expect(meaningsOf(['Number', 'x'])).toEqual(new Map([['number', 'Number']]))
  expect(meaningsOf(['name'])).toMatchObject({ code: 'list.columns-missing' })
  expect(meaningsOf(['number', '号码'])).toMatchObject({ code: 'list.column-twice' })
})

test('everybody is on a list once; the second time is told with the first', () => {
  const { lines, faulty } = listedIn([line(2, 'a'), line(3, 'b'), line(4, 'a')])
  expect(lines.map(one => [one.line, one.subscriberId, one.state])).toEqual([
    [2, 'a', 'kept'],
    [3, 'b', 'kept'],
  ])
  expect(faulty).toMatchObject([{ line: 4, fault: { code: 'list.repeated' } }])
})

test('a checked list says of everybody what became of them, and of whom it changes why', () => {
  const base = new Set(['a', 'b'])
  const codes = (...lines: readonly NamedLine[]) =>
    checkedAgainst(base, lines).faulty.map(one => [one.line, one.fault.code])
  expect(codes(line(2, 'a'), line(3, 'b', '剔除', '已离网'), line(4, 'c', 'add', 'asked'))).toEqual([])
  expect(codes(line(2, 'a'), line(3, 'b', 'remove'))).toEqual([[3, 'list.reason-missing']])
  expect(codes(line(2, 'a'), line(3, 'b'), line(4, 'c'))).toEqual([[4, 'list.not-on-list']])
  expect(codes(line(2, 'a', 'add', 'x'), line(3, 'b'))).toEqual([[2, 'list.added-already']])
  expect(codes(line(2, 'a', 'perhaps'), line(3, 'b'))).toEqual([[2, 'list.decision-unknown']])
  expect(codes(line(2, 'a'))).toEqual([[0, 'list.left-out']])
})

const ids: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const decision = fc.constantFrom('', 'keep', 'remove', 'add', '剔除', '新增', 'x')
const reason = fc.constantFrom('', 'why')

test('whatever the file says: a list that is taken has everybody of the base, each once, and reasons for all that changed', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(ids),
      fc.array(fc.record({ subscriberId: ids, decision, reason }), { maxLength: 8 }),
      (base, rows) => {
        const named = rows.map((row, i) => ({ ...row, line: i + 2 }))
        const { lines, faulty } = checkedAgainst(new Set(base), named)
        if (faulty.length > 0) return
        const seen = lines.map(one => one.subscriberId)
        expect(new Set(seen).size).toBe(seen.length)
        expect(base.filter(id => !seen.includes(id))).toEqual([])
        for (const one of lines) {
          expect(one.state === 'added').toBe(!base.includes(one.subscriberId))
          expect(one.state === 'kept' || one.reason !== '').toBe(true)
        }
      },
    ),
    { numRuns: 2_000 },
  )
})
