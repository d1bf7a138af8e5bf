/**
 * Exclude patterns of a crawler, which look at the path below its target.
 * https://docs.aws.amazon.com/glue/latest/dg/define-crawler-choose-data-sources.html#crawler-data-stores-exclude
 */
export function excludes(patterns: string[]): (path: string) => boolean {
  const regexes = patterns.map(globPattern);
  return (path) => regexes.some((regex) => regex.test(path));
}

/** `*` stays within a folder, `**` does not, `?` is one character, `[…]` one of some, `{a,b}` one of these. */
function globPattern(glob: string): RegExp {
  let pattern = '';
  let depth = 0;
  for (let at = 0; at < glob.length; at++) {
    const character = glob[at] as string;
    if (glob.startsWith('**', at)) {
      pattern += '.*';
      at++;
    } else if (character === '*') pattern += '[^/]*';
    else if (character === '?') pattern += '[^/]';
    else if (character === '[' && glob.indexOf(']', at) > at) {
      const end = glob.indexOf(']', at);
      pattern += `[${glob
        .slice(at + 1, end)
        .replace(/^!/, '^')
        .replaceAll('\\', '\\\\')}]`;
      at = end;
    } else if (character === '{') {
      pattern += '(?:';
      depth++;
    } else if (character === '}' && depth > 0) {
      pattern += ')';
      depth--;
    } else if (character === ',' && depth > 0) pattern += '|';
    else pattern += character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }
  return new RegExp(`^${pattern}${')'.repeat(depth)}$`, 's');
}
