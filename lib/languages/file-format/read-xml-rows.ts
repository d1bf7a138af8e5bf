/** The elements of one name in a text of XML, as values: enough to tell columns and their types. */

export type XmlValue = string | XmlRow | (string | XmlRow)[];
export interface XmlRow {
  [name: string]: XmlValue;
}

interface Open {
  tag: string;
  row: XmlRow;
  text: string;
}

const rowsMax = 10_000;
const depthMax = 100;
/** Comments, declarations, instructions and CDATA; a tag with its attributes; text. */
const tokens =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<[?!][^>]*>|<(\/?)([\w:.-]+)((?:"[^"]*"|'[^']*'|[^"'>])*)>|([^<]+)/g;

export function isXml(text: string): boolean {
  return (
    /^\s*<(\?xml[\s?]|!DOCTYPE\s+(?!html)|[A-Za-z_][\w:.-]*[\s/>])/i.test(text.slice(0, 1000)) &&
    !/^\s*<(!doctype\s+)?html/i.test(text)
  );
}

/**
 * Rows that are elements called `rowTag`, in the order of the text; one that does not end is left out. Attributes are
 * fields whose names begin with `_`, as Glue reads them.
 */
export function readXmlRows(text: string, rowTag: string): XmlRow[] {
  const rows: XmlRow[] = [];
  let open: Open[] = [];
  for (const [, cdata, slash, tag, attributes = '', words] of text.matchAll(tokens)) {
    const last = open.at(-1);
    if (tag === undefined) {
      if (last) last.text += cdata ?? decoded(words ?? '');
    } else if (slash) {
      if (last?.tag !== tag) open = [];
      else close(open, rows);
    } else if ((last || tag === rowTag) && open.length < depthMax) {
      open.push({ tag, row: attributesOf(attributes), text: '' });
      if (attributes.trimEnd().endsWith('/')) close(open, rows);
    }
    if (rows.length >= rowsMax) break;
  }
  return rows;
}

function close(open: Open[], rows: XmlRow[]): void {
  const ended = open.pop();
  if (!ended) return;
  const parent = open.at(-1);
  if (!parent) rows.push(ended.row);
  else add(parent.row, ended.tag, contentOf(ended));
}

/** An element without fields is its text. */
function contentOf({ row, text }: Open): string | XmlRow {
  if (Object.keys(row).length === 0) return text.trim();
  if (text.trim() !== '') row._VALUE = text.trim();
  return row;
}

/** What stands there twice is a list. */
function add(row: XmlRow, name: string, value: string | XmlRow): void {
  const known = Object.hasOwn(row, name) ? row[name] : undefined;
  if (known === undefined) row[name] = value;
  else if (Array.isArray(known)) known.push(value);
  else row[name] = [known, value];
}

function attributesOf(text: string): XmlRow {
  const row: XmlRow = Object.create(null);
  for (const [, name, double, single] of text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    row[`_${name}`] = decoded(double ?? single ?? '');
  return row;
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (all, decimal, hex, name) => {
    if (name) return entities[name] ?? all;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
