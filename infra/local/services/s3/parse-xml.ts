import { s3Error } from './errors.ts';
import type { XmlElement } from './xml.ts';

const MAX_DEPTH = 16;
const TAG = /<(?:(\/)\s*([\w.:-]+)\s*|([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?))>/y;
const SKIPPED = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>/y;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y;
const ENTITY = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/giy;
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * Parses a request's XML. Anything but elements, text, CDATA, comments and the declaration is MalformedXML: a DOCTYPE
 * is where entity expansion and external entities come from, and S3 knows none. Attributes are read over.
 */
export function parseXml(source: string): XmlElement {
  const holder: XmlElement = { name: '', children: [] };
  const open: XmlElement[] = [holder];
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < source.length) {
    const inside = open.at(-1) ?? malformed();
    if (source[at] !== '<') {
      const end = source.indexOf('<', at);
      appendText(inside, decode(source.slice(at, end < 0 ? source.length : end)));
      at = end < 0 ? source.length : end;
      continue;
    }
    const skipped = matchAt(SKIPPED, source, at);
    if (skipped) {
      at += skipped[0].length;
      continue;
    }
    const cdata = matchAt(CDATA, source, at);
    if (cdata) {
      appendText(inside, cdata[1] ?? '');
      at += cdata[0].length;
      continue;
    }
    const tag = matchAt(TAG, source, at) ?? malformed();
    at += tag[0].length;
    if (tag[1]) close(open, localName(tag[2] ?? ''));
    else begin(open, localName(tag[3] ?? ''), tag[5] === '/');
  }
  const [root, second] = holder.children;
  if (!root || second || open.length !== 1 || holder.text?.trim()) malformed();
  return root as XmlElement;
}

function begin(open: XmlElement[], name: string, selfClosed: boolean): void {
  const child: XmlElement = { name, children: [] };
  open.at(-1)?.children.push(child);
  if (selfClosed) return;
  open.push(child);
  if (open.length > MAX_DEPTH) malformed();
}

function close(open: XmlElement[], name: string): void {
  const closed = open.pop();
  if (closed?.name !== name || open.length === 0) malformed();
  // White space between elements is layout; in an element without children it may be the value.
  if (closed && closed.children.length > 0) {
    if (closed.text?.trim()) malformed();
    delete closed.text;
  }
}

function appendText(inside: XmlElement, text: string): void {
  if (text) inside.text = (inside.text ?? '') + text;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function decode(text: string): string {
  if (!text.includes('&')) return text;
  let result = '';
  let at = 0;
  for (let next = text.indexOf('&'); next >= 0; next = text.indexOf('&', at)) {
    const entity = matchAt(ENTITY, text, next) ?? malformed();
    result += text.slice(at, next) + character(entity);
    at = next + entity[0].length;
  }
  return result + text.slice(at);
}

function character([, hex, decimal, name]: RegExpExecArray): string {
  if (name) return ENTITIES[name] ?? malformed();
  const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : malformed();
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source) ?? undefined;
}

function malformed(): never {
  throw s3Error('MalformedXML');
}
