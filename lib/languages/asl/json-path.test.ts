import { describe, expect, it } from 'vitest';
import type { Json } from './json.ts';
import { JsonPathSyntaxError, parseJsonPath, selectAll } from './json-path.ts';

const store: Json = {
  books: [
    { title: 'A', price: 8, tags: ['x', 'y'] },
    { title: 'B', price: 12 },
    { title: 'C', price: 20, sold: true },
  ],
  'odd key': { "it's": 1 },
  bicycle: { price: 19 },
};

function select(path: string, root: Json = store): Json[] {
  return selectAll(parseJsonPath(path), root);
}

it.each<[string, Json[]]>([
  ['$.bicycle.price', [19]],
  ["$['odd key']['it\\'s']", [1]],
  ['$["bicycle"]["price"]', [19]],
  ['$.books[0].title', ['A']],
  ['$.books[-1].title', ['C']],
  ['$.books[*].title', ['A', 'B', 'C']],
  ['$.books[0,2].title', ['A', 'C']],
  ['$.books[1:].title', ['B', 'C']],
  ['$.books[:2].title', ['A', 'B']],
  ['$.books[::2].title', ['A', 'C']],
  ['$..price', [8, 12, 20, 19]],
  ['$.bicycle.*', [19]],
  ['$.books[?(@.price > 10)].title', ['B', 'C']],
  ["$.books[?(@.price > 10 && !@.sold || @.title == 'A')].title", ['A', 'B']],
  ["$.books[?(@.title in ['A', 'C'])].price", [8, 20]],
  ['$.books[?(@.tags)].title', ['A']],
  ['$.books.length()', [3]],
  ['$.nothing.here', []],
  ['$.books.title', []],
])('%s', (path, expected) => {
  expect(select(path)).toEqual(expected);
});

it('never reaches what an object inherits', () => {
  expect(select('$.constructor')).toEqual([]);
  expect(select('$.__proto__.polluted')).toEqual([]);
});

describe('refuses, with the position', () => {
  it.each<[string, string]>([
    ['books', "A path begins with $; at character 1 of 'books'"],
    ['$.', "A name is missing at character 3 of '$.'"],
    ['$.a[', "An index or a quoted name is missing at character 5 of '$.a['"],
    ["$['a", "A quoted name does not end at character 5 of '$['a'"],
    ['$.a b', "Unexpected character at character 4 of '$.a b'"],
    [
      '$.a[?(process.exit())]',
      "A filter compares @.paths, strings, numbers, true, false, null and lists; at character 7 of '$.a[?(process.exit())]'",
    ],
  ])('%s', (path, message) => {
    expect(() => parseJsonPath(path)).toThrowError(JsonPathSyntaxError);
    expect(() => parseJsonPath(path)).toThrowError(message);
  });
});
