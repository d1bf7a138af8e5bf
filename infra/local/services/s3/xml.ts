/** One XML element. S3's documents hold either text or elements, never both. */
export interface XmlElement {
  name: string;
  attributes?: Record<string, string>;
  text?: string;
  children: XmlElement[];
}

type Content = XmlElement | string | number | boolean | undefined | Content[];

/** Builds an element from its text or its children; what is `undefined` is left out. */
export function element(name: string, ...content: Content[]): XmlElement {
  const made: XmlElement = { name, children: [] };
  add(made, content);
  return made;
}

function add(to: XmlElement, content: Content[]): void {
  for (const item of content) {
    if (item === undefined) continue;
    if (Array.isArray(item)) add(to, item);
    else if (typeof item === 'object') to.children.push(item);
    else to.text = `${to.text ?? ''}${item}`;
  }
}

/** An element with one text, or nothing where there is no such text. */
export function optional(name: string, text: string | number | boolean | undefined): XmlElement | undefined {
  return text === undefined ? undefined : element(name, text);
}

const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** The document of an answer; errors are the one kind that S3 writes without a namespace. */
export function printDocument(root: XmlElement, namespace: string | undefined = S3_NAMESPACE): string {
  const attributes = namespace ? { xmlns: namespace, ...root.attributes } : root.attributes;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${print({ ...root, attributes })}`;
}

function print({ name, attributes, text, children }: XmlElement): string {
  let head = name;
  if (attributes) for (const [key, value] of Object.entries(attributes)) head += ` ${key}="${escapeXml(value)}"`;
  if (children.length === 0 && !text) return `<${head}/>`;
  let inside = text === undefined ? '' : escapeXml(text);
  for (const child of children) inside += print(child);
  return `<${head}>${inside}</${name}>`;
}

const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// Control characters are legal in keys though not in XML 1.0; S3 writes them as references all the same.
function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being escaped
  return text.replace(/[&<>"\u0000-\u001f]/g, (c) => NAMED[c] ?? `&#x${c.charCodeAt(0).toString(16)};`);
}

export const childOf = (parent: XmlElement, name: string): XmlElement | undefined =>
  parent.children.find((child) => child.name === name);

export const childrenOf = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.filter((child) => child.name === name);

export const textOf = (parent: XmlElement, name: string): string | undefined => {
  const child = childOf(parent, name);
  return child && (child.text ?? '');
};
