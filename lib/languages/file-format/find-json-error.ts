export interface JsonError {
  /** Where the text stops being JSON. */
  offset: number;
  expected: string;
  found: string;
}

/**
 * Finds where the value at `start` stops being JSON, or undefined when it is well-formed. `JSON.parse` says so too,
 * but in other words in every browser, and not everywhere with a position.
 */
export function findJsonError(text: string, start = 0): JsonError | undefined {
  const scanner = new Scanner(text, start);
  try {
    scanner.value(0);
    return undefined;
  } catch (error) {
    if (error instanceof Unexpected)
      return { offset: scanner.at, expected: error.expected, found: nameWhatStandsAt(text, scanner.at) };
    throw error;
  }
}

class Unexpected extends Error {
  readonly expected: string;
  constructor(expected: string) {
    super(expected);
    this.expected = expected;
  }
}

const depthMax = 500;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON's grammar excludes exactly these from strings.
const plainCharacters = /[^"\\\u0000-\u001f]*/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const space = /[ \t\r\n]*/y;

class Scanner {
  readonly text: string;
  at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  value(depth: number): void {
    if (depth > depthMax) throw new Unexpected(`at most ${depthMax} levels`);
    this.#take(space);
    const character = this.text[this.at];
    if (character === '{') this.#object(depth);
    else if (character === '[') this.#array(depth);
    else if (character === '"') this.#string();
    else if (!this.#take(number) && !this.#take(word)) throw new Unexpected('a value');
  }

  #object(depth: number): void {
    this.at++;
    if (this.#takeMark('}')) return;
    do {
      this.#take(space);
      if (this.text[this.at] !== '"') throw new Unexpected('a name in double quotes');
      this.#string();
      if (!this.#takeMark(':')) throw new Unexpected('":"');
      this.value(depth + 1);
    } while (this.#takeMark(','));
    if (!this.#takeMark('}')) throw new Unexpected('"," or "}"');
  }

  #array(depth: number): void {
    this.at++;
    if (this.#takeMark(']')) return;
    do this.value(depth + 1);
    while (this.#takeMark(','));
    if (!this.#takeMark(']')) throw new Unexpected('"," or "]"');
  }

  #string(): void {
    this.at++;
    do this.#take(plainCharacters);
    while (this.#take(escaped));
    const character = this.text[this.at];
    if (character === '\\') throw new Unexpected('an escape such as \\n or \\u00e9');
    if (character !== '"') throw new Unexpected('a closing double quote');
    this.at++;
  }

  #takeMark(mark: string): boolean {
    this.#take(space);
    if (this.text[this.at] !== mark) return false;
    this.at++;
    return true;
  }

  /** Goes over what the sticky pattern matches here; true when that is something. */
  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text) || pattern.lastIndex === this.at) return false;
    this.at = pattern.lastIndex;
    return true;
  }
}

function nameWhatStandsAt(text: string, offset: number): string {
  const character = text[offset];
  if (character === undefined) return 'the end of the text';
  if (character === '\n' || character === '\r') return 'the end of the line';
  const rest =
    /^[\w.+-]{1,20}/.exec(text.slice(offset, offset + 20))?.[0] ?? String.fromCodePoint(text.codePointAt(offset) ?? 0);
  return `“${rest}”`;
}
