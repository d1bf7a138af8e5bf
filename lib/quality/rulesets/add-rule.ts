import { parseRuleset } from '@/lib/languages/dqdl/parse.ts';

const INDENT = '    ';

/** A ruleset's text with one rule more behind its last; the rest stays as it was written. Throws DqdlError. */
export function addRule(text: string, rule: string): string {
  if (text.trim() === '') return `Rules = [\n${INDENT}${rule}\n]\n`;
  const last = parseRuleset(text).rules.at(-1);
  if (last) {
    const { to } = last.at;
    return `${text.slice(0, to)},\n${INDENT}${rule}${text.slice(to)}`;
  }
  const empty = /\bRules\s*=\s*\[/.exec(text);
  if (!empty) return `Rules = [\n${INDENT}${rule}\n]\n\n${text}`;
  const at = empty.index + empty[0].length;
  return `${text.slice(0, at)}\n${INDENT}${rule}\n${text.slice(at).trimStart()}`;
}
