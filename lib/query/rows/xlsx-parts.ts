import { isFormula } from '@/lib/languages/csv/is-formula.ts';
import type { ColumnKind } from '../column-kind';
import type { Cell, ResultColumn } from '../schemas';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** Places in `cellXfs` below. */
const STYLE = { header: 1, date: 2, timestamp: 3, clock: 4, quoted: 5 } as const;

/** `quotePrefix` keeps a text a text when somebody edits the cell: without it Excel would run it then. */
export const styles = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss.000"/><numFmt numFmtId="166" formatCode="hh:mm:ss.000"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1" quotePrefix="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/><xf xfId="0" numFmtId="165" applyNumberFormat="1"/><xf xfId="0" numFmtId="166" applyNumberFormat="1"/><xf xfId="0" quotePrefix="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

export function workbookParts(sheets: readonly string[]): [path: string, text: string][] {
  const numbered = sheets.map((name, index) => ({ name, id: index + 1 }));
  return [
    [
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${numbered.map(({ id }) => `<Override PartName="/xl/worksheets/sheet${id}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${numbered.map(({ name, id }) => `<sheet name="${name}" sheetId="${id}" r:id="rId${id}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${numbered.map(({ id }) => `<Relationship Id="rId${id}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${id}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    ],
  ];
}

/** The header is bold and stays in sight. */
export function sheetStart(columns: readonly ResultColumn[]): string {
  const header = columns.map(({ name }, place) => textCell(reference(place, 1), name, STYLE.header)).join('');
  const widths = columns
    .map(
      ({ name }, place) =>
        `<col min="${place + 1}" max="${place + 1}" width="${Math.min(60, Math.max(12, name.length + 3))}" customWidth="1"/>`,
    )
    .join('');
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData><row r="1">${header}</row>`;
}

export function sheetEnd(columnCount: number, rows: number): string {
  return `</sheetData><autoFilter ref="A1:${letters(columnCount - 1)}${rows}"/></worksheet>`;
}

export function sheetRow(
  kinds: readonly { type: string; kind: ColumnKind }[],
  cells: readonly Cell[],
  row: number,
): string {
  const written = kinds.map(({ type, kind }, place) => {
    const cell = cells[place] ?? null;
    return cell === null ? '' : valueCell(reference(place, row), cell, type, kind);
  });
  return `<row r="${row}">${written.join('')}</row>`;
}

function valueCell(at: string, cell: string, type: string, kind: ColumnKind): string {
  if (kind === 'number' && isSafeNumber(cell)) return `<c r="${at}"><v>${cell}</v></c>`;
  if (kind === 'boolean') return `<c r="${at}" t="b"><v>${cell === 'true' ? 1 : 0}</v></c>`;
  const moment = kind === 'time' ? momentOf(cell, type) : undefined;
  if (moment) return `<c r="${at}" s="${moment.style}"><v>${moment.serial}</v></c>`;
  return textCell(at, cell, isFormula(cell) ? STYLE.quoted : undefined);
}

/** Excel keeps 15 digits: a number that has more stays a text, with all of them. */
function isSafeNumber(cell: string): boolean {
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(cell)) return false;
  const digits = cell
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '')
    .replace(/0+$/, '');
  return digits.length <= 15 && Math.abs(Number(cell)) < 1e300;
}

const DAY_MS = 86_400_000;
/** Excel counts days from 1900 and believes that there was a 29 February then: before March it is wrong by one. */
const EPOCH_MS = Date.UTC(1899, 11, 30);
const FIRST_MS = Date.UTC(1900, 2, 1);

/** Days since Excel's epoch; undefined for what Excel cannot hold: a zone, or a day before its calendar. */
function momentOf(cell: string, type: string): { serial: number; style: number } | undefined {
  if (/zone/.test(type)) return undefined;
  if (/^time\b/.test(type)) {
    const ms = Date.parse(`1970-01-01T${cell}Z`);
    return Number.isNaN(ms) ? undefined : { serial: ms / DAY_MS, style: STYLE.clock };
  }
  const ms = Date.parse(`${cell.replace(' ', 'T')}${cell.length > 10 ? 'Z' : ''}`);
  if (Number.isNaN(ms) || ms < FIRST_MS || ms >= Date.UTC(10_000, 0)) return undefined;
  return { serial: (ms - EPOCH_MS) / DAY_MS, style: cell.length > 10 ? STYLE.timestamp : STYLE.date };
}

const TEXT_MAX = 32_767;
const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A text is never a formula, whatever it begins with. Excel takes 32,767 characters of one. */
function textCell(at: string, text: string, style?: number): string {
  const kept = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX - 1)}…` : text;
  const safe = kept
    .replace(/[&<>]/g, (character) => ESCAPED[character] ?? '')
    // Characters that XML cannot carry are written as Office writes them; a text that looks so already is protected.
    .replace(/_x[0-9A-Fa-f]{4}_/g, (written) => `_x005F${written}`)
    .replace(
      /(?![\t\n])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
  return `<c r="${at}"${style === undefined ? '' : ` s="${style}"`} t="inlineStr"><is><t xml:space="preserve">${safe}</t></is></c>`;
}

const known: string[] = [];

function letters(place: number): string {
  const before = known[place];
  if (before) return before;
  let text = '';
  for (let rest = place; rest >= 0; rest = Math.floor(rest / 26) - 1)
    text = String.fromCharCode(65 + (rest % 26)) + text;
  known[place] = text;
  return text;
}

const reference = (place: number, row: number) => `${letters(place)}${row}`;
