/** Returns a name with control characters, which S3 allows and no screen shows, as their pictures: ␊ for a line feed. */
export function visibleName(name: string): string {
  return name.replace(/\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0);
    if (code > 0x7f) return '\u{fffd}';
    return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
  });
}
