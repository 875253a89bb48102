/** What no sane client sends, and every server gets one day. */
export const hostileValues: readonly unknown[] = [
  ...[null, true, false, 0, 7, -1, 1.5, 1e308, -0, 9_007_199_254_740_992, 2_147_483_648],
  ...['', ' ', 'text', '\0', 'a\0b', '\ud800', '\u202e', '%', '__$and', '-', '[', '(a+)+$', 'x'.repeat(20_000)],
  ...["'; drop table tasks; --", '../../etc/passwd', '2026-13-45', '>=', 'f'.repeat(32)],
  ...[[], [1], [null], [{}], [[]], [''], ['text'], ['__$not', '__$not'], Array(2_000).fill('x')],
  ...[
    {},
    { a: 1 },
    { a: null },
    { '': '' },
    { a: { b: { c: 'd' } } },
    { $ne: null },
    { 'a.b': 1 },
    { a: [{ key: 1 }] },
  ],
  ...[JSON.parse('{"__proto__": {"x": 1}}'), { constructor: { prototype: { x: 1 } } }, { 'a\0': '\0' }, nested(95)],
]

/** For places inside a field, of which there are many. */
export const fewHostileValues: readonly unknown[] = [
  ...[null, true, 7, -1, 1.5, 1e308, 9_007_199_254_740_992, '', '\0\ud800', '[', 'x'.repeat(10_000)],
  ...[[], [1], [null], [{}], {}, { '': '' }, { a: { b: { c: 'd' } } }, { 'a.b': [1] }],
]

function nested(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { a: value }
  return value
}
