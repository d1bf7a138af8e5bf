/** Plain values to XML and back, for the query and REST-XML protocols. */

/** Characters that XML needs escaped, and line ends that a parser would otherwise fold. */
function escapeXml(text: string): string {
  return text.replace(/[<>&'"\r\n]/g, (c) => `&#${c.charCodeAt(0)};`);
}

export type XmlValue = string | number | boolean | Date | undefined | null | XmlValue[] | { [name: string]: XmlValue };

/** One element; undefined and null leave it out. `list` wraps the items of an array, as `member` in the query protocol. */
export function element(name: string, value: XmlValue, list = 'member'): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return `<${name}>${value.map((item) => element(list, item, list)).join('')}</${name}>`;
  return `<${name}>${content(value, list)}</${name}>`;
}

function content(value: Exclude<XmlValue, undefined | null | XmlValue[]>, list: string): string {
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, inner]) => element(name, inner, list))
      .join('');
  }
  return escapeXml(String(value));
}
