import { invalidArgument, type Script } from './script.ts';

const kept = new Map<string, RegExp>();

/** A Java pattern as JavaScript's, found everywhere in a text. */
function regexp(pattern: string): RegExp {
  const known = kept.get(pattern);
  if (known) {
    known.lastIndex = 0;
    return known;
  }
  const flags = /^\(\?([imsx]+)\)/.exec(pattern);
  const source = (flags ? pattern.slice(flags[0].length) : pattern)
    .replaceAll(/\\Q(.*?)\\E/gs, (_, literal: string) => literal.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
    .replaceAll('\\z', '$(?![\\s\\S])')
    .replaceAll('\\A', '(?<![\\s\\S])')
    .replaceAll('\\h', '[ \\t]')
    .replaceAll(/\\p\{(Alpha|Digit|Alnum|Upper|Lower|Punct|Space)\}/g, (_, name: string) => POSIX[name] as string);
  try {
    const made = new RegExp(
      source,
      `g${[...(flags?.[1] ?? '')].filter((flag) => 'ims'.includes(flag)).join('')}${/\\p\{|\\x\{/.test(source) ? 'u' : ''}`,
    );
    if (kept.size > 200) kept.clear();
    kept.set(pattern, made);
    return made;
  } catch (error) {
    throw invalidArgument(`Invalid regular expression '${pattern}': ${(error as Error).message}`);
  }
}

const POSIX: Record<string, string> = {
  Alpha: '[A-Za-z]',
  Digit: '\\d',
  Alnum: '[A-Za-z0-9]',
  Upper: '[A-Z]',
  Lower: '[a-z]',
  Punct: '[!-/:-@\\[-`{-~]',
  Space: '\\s',
};

function group(match: RegExpMatchArray, index: bigint, count: number): string | undefined {
  if (index < 0n) throw invalidArgument(`Group cannot be negative`);
  if (Number(index) > count) throw invalidArgument(`Pattern has ${count} groups. Cannot access group ${index}`);
  return match[Number(index)];
}

const groupCounts = new Map<string, number>();

function groupsOf(pattern: string): number {
  const known = groupCounts.get(pattern);
  if (known !== undefined) return known;
  const { source, flags } = regexp(pattern);
  const count = (new RegExp(`${source}|`, flags).exec('')?.length ?? 1) - 1;
  if (groupCounts.size > 200) groupCounts.clear();
  groupCounts.set(pattern, count);
  return count;
}

export const REGEXP_SCRIPTS: Record<string, Script> = {
  js_regexp_like: {
    takes: ['text', 'text'],
    gives: 'boolean',
    run: (text: string, pattern: string) => regexp(pattern).test(text),
  },
  js_regexp_count: {
    takes: ['text', 'text'],
    gives: 'bigint',
    run: (text: string, pattern: string) => BigInt([...text.matchAll(regexp(pattern))].length),
  },
  js_regexp_extract: {
    takes: ['text', 'text', 'bigint'],
    gives: 'text',
    run: (text: string, pattern: string, index: bigint) => {
      const match = regexp(pattern).exec(text);
      const count = groupsOf(pattern);
      if (Number(index) > count) throw invalidArgument(`Pattern has ${count} groups. Cannot access group ${index}`);
      return match ? group(match, index, count) : undefined;
    },
  },
  js_regexp_extract_all: {
    takes: ['text', 'text', 'bigint'],
    gives: 'text',
    run: (text: string, pattern: string, index: bigint) => {
      const count = groupsOf(pattern);
      return JSON.stringify([...text.matchAll(regexp(pattern))].map((match) => group(match, index, count) ?? null));
    },
  },
  /** The groups of a text that matches as a whole. */
  js_regexp_groups: {
    takes: ['text', 'text'],
    gives: 'text',
    run: (text: string, pattern: string) => {
      const match = regexp(pattern).exec(text);
      return match?.[0].length === text.length ? JSON.stringify(match.slice(1).map((item) => item ?? null)) : undefined;
    },
  },
  js_regexp_position: {
    takes: ['text', 'text', 'integer', 'integer'],
    gives: 'integer',
    run: (text: string, pattern: string, start: number, occurrence: number) => {
      if (start < 1) throw invalidArgument('start position cannot be smaller than 1');
      if (occurrence < 1) throw invalidArgument('occurrence cannot be smaller than 1');
      const found = [...text.matchAll(regexp(pattern))].filter((match) => match.index >= start - 1)[occurrence - 1];
      return found ? found.index + 1 : -1;
    },
  },
  js_regexp_replace: {
    takes: ['text', 'text', 'text'],
    gives: 'text',
    run: (text: string, pattern: string, by: string) => {
      const count = groupsOf(pattern);
      return text.replace(regexp(pattern), (...found: unknown[]) => {
        const named = typeof found.at(-1) === 'object' ? (found.at(-1) as Record<string, string>) : {};
        return by.replaceAll(/\\(.)|\$\{(\w+)\}|\$(\d+)/g, (_, escaped?: string, name?: string, digits?: string) => {
          if (escaped !== undefined) return escaped;
          if (name !== undefined) return named[name] ?? '';
          if (Number(digits) > count)
            throw invalidArgument(`Illegal replacement sequence: unknown group { ${digits} }`);
          return (found[Number(digits)] as string | undefined) ?? '';
        });
      });
    },
  },
  js_regexp_split: {
    takes: ['text', 'text'],
    gives: 'text',
    run: (text: string, pattern: string) => {
      const parts: string[] = [];
      let from = 0;
      for (const match of text.matchAll(regexp(pattern))) {
        parts.push(text.slice(from, match.index));
        from = match.index + match[0].length;
      }
      return JSON.stringify([...parts, text.slice(from)]);
    },
  },
  /** The pieces of a text: what does not match as `t`, the groups of what does as `g`. */
  js_regexp_parts: {
    takes: ['text', 'text'],
    gives: 'text',
    run: (text: string, pattern: string) => {
      const parts: object[] = [];
      let from = 0;
      for (const match of text.matchAll(regexp(pattern))) {
        parts.push({ t: text.slice(from, match.index) }, { g: match.slice(1).map((item) => item ?? null) });
        from = match.index + match[0].length;
      }
      return JSON.stringify([...parts, { t: text.slice(from) }]);
    },
  },
};
