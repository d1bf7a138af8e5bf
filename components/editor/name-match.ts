/**
 * How well a name answers what was typed: from its beginning, from the beginning of one of its words, from anywhere in it,
 * or with letters left out. 0 where it does not. Both are in lower case.
 */
export function nameMatch(name: string, typed: string): number {
  if (typed === '') return 1;
  const at = name.indexOf(typed);
  if (at === 0) return name.length === typed.length ? 100 : 80;
  if (at > 0) return name[at - 1] === '_' || name[at - 1] === '.' || name.includes(`_${typed}`) ? 60 : 40;
  return typed.length > 2 && isWithin(name, typed) ? 20 : 0;
}

/** Whether the letters of `typed` occur in `name`, in this order. */
function isWithin(name: string, typed: string): boolean {
  let at = -1;
  for (const letter of typed) {
    at = name.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
