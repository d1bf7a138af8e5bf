import { type PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { TARGET, type TrendPoint } from '../figures.ts';
import { ACCENT, INK, LINE, MUTED, PdfSheet, WASH } from './pdf-sheet.ts';
import type { PdfElement, Told } from './pdf-structure.ts';
import { wrapText } from './pdf-text.ts';
import type { QualityReport } from './report.ts';
import { type Fact, type ReportBlock, reportDocument, type TableColumn, type TableRow } from './report-document.ts';
import { reportFormat } from './report-format.ts';
import { REPORT_TEXTS, type ReportLocale } from './report-texts.ts';

const FACTS_A_ROW = 4;
const FACT_HEIGHT = 56;
const CHART_HEIGHT = 110;
const CELL = { size: 8 };
const CELL_LINE = 10;
const CELL_LINES_MAX = 3;
const CELL_GAP = 9;

/** The report as a PDF, in one of our languages. */
export async function reportPdf(report: QualityReport, locale: ReportLocale): Promise<Uint8Array> {
  const { title, period, made, blocks } = reportDocument(report, locale);
  const sheet = await PdfSheet.start();
  const { document } = sheet;
  document.setTitle(title, { showInWindowTitleBar: true });
  document.setLanguage(locale);
  document.setSubject(period);
  document.setCreator('Lacustre');
  document.setProducer('Lacustre');
  document.setCreationDate(new Date(report.madeAt));
  document.setModificationDate(new Date(report.madeAt));
  sheet.tag('H1', () => sheet.write(sheet.clean(title), sheet.left, sheet.y - 18, { size: 20, isBold: true }));
  const head = sheet.clean(`${period} · ${made}`);
  sheet.tag('P', () => sheet.write(head, sheet.left, sheet.y - 34, { size: 9, color: MUTED }));
  sheet.y -= 52;
  for (const block of blocks) drawBlock(sheet, block, report, locale);
  sheet.foot(REPORT_TEXTS[locale].page, `${title} · ${period}`);
  sheet.structure.finish();
  writeMetadata(document, { title, locale, at: new Date(report.madeAt).toISOString() });
  return document.save();
}

/** What the file is, once more in XMP: where validators and archives look for it. */
function writeMetadata(
  document: PDFDocument,
  { title, locale, at }: { title: string; locale: string; at: string },
): void {
  const xmp = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>${locale}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${at}</xmp:CreateDate><xmp:ModifyDate>${at}</xmp:ModifyDate><xmp:CreatorTool>Lacustre</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
  const bytes = new TextEncoder().encode(xmp);
  const stream = document.context.stream(bytes, { Type: 'Metadata', Subtype: 'XML' });
  document.catalog.set(PDFName.of('Metadata'), document.context.register(stream));
}

function drawBlock(sheet: PdfSheet, block: ReportBlock, report: QualityReport, locale: ReportLocale): void {
  if (block.kind === 'facts') drawFacts(sheet, block.facts);
  else if (block.kind === 'trend') drawTrend(sheet, block, (day) => reportFormat(locale, report.timeZone).day(day));
  else drawTable(sheet, block);
}

function drawFacts(sheet: PdfSheet, facts: readonly Fact[]): void {
  const width = sheet.width / FACTS_A_ROW;
  const list = sheet.structure.add(sheet.structure.root, 'L');
  for (let first = 0; first < facts.length; first += FACTS_A_ROW) {
    sheet.rule();
    for (const [index, { label, value, note }] of facts.slice(first, first + FACTS_A_ROW).entries()) {
      const x = sheet.left + index * width;
      const item = sheet.structure.add(list, 'LI');
      sheet.tag('Lbl', () => sheet.write(sheet.clean(label), x, sheet.y - 13, { size: 8, color: MUTED }), item);
      const ink = { size: 7, color: MUTED };
      const lines = wrapText(sheet.clean(note), width - CELL_GAP, 2, (text) => sheet.measure(text, ink));
      const draw = () => {
        sheet.write(sheet.clean(value), x, sheet.y - 28, { size: 14, isBold: true });
        for (const [line, text] of lines.entries()) sheet.write(text, x, sheet.y - 38 - line * 8, ink);
      };
      sheet.tag('LBody', draw, item, { actual: `${value}, ${note}` });
    }
    sheet.y -= FACT_HEIGHT;
  }
}

/** A heading never stands alone at the foot of a page. */
function drawHeading(sheet: PdfSheet, title: string, below: number): void {
  if (!sheet.hasRoom(30 + below)) sheet.turn();
  sheet.tag('H2', () => sheet.write(sheet.clean(title), sheet.left, sheet.y - 20, { size: 12, isBold: true }));
  sheet.y -= 28;
}

function drawTrend(
  sheet: PdfSheet,
  { title, points, told }: Extract<ReportBlock, { kind: 'trend' }>,
  day: (day: string) => string,
): void {
  drawHeading(sheet, title, CHART_HEIGHT + 20);
  const box: Told['box'] = [sheet.left, sheet.y - CHART_HEIGHT - 14, sheet.left + sheet.width, sheet.y];
  sheet.tag('Figure', () => drawChart(sheet, points, day), sheet.structure.root, { alt: told, box });
  sheet.y -= CHART_HEIGHT + 18;
}

function drawChart(sheet: PdfSheet, points: readonly TrendPoint[], day: (day: string) => string): void {
  const [left, width] = [sheet.left + 26, sheet.width - 26];
  const bottom = sheet.y - CHART_HEIGHT;
  const xOf = (index: number) => left + (points.length > 1 ? (index / (points.length - 1)) * width : width / 2);
  const yOf = (score: number) => bottom + score * (CHART_HEIGHT - 10);
  const { page } = sheet;
  for (const score of [0, 0.5, 1]) {
    const [start, end] = [
      { x: left, y: yOf(score) },
      { x: left + width, y: yOf(score) },
    ];
    page.drawLine({ start, end, thickness: 0.5, color: LINE });
    sheet.write(String(score * 100), left - 6, yOf(score) - 3, { size: 7, color: MUTED }, true);
  }
  const target = { start: { x: left, y: yOf(TARGET) }, end: { x: left + width, y: yOf(TARGET) } };
  page.drawLine({ ...target, thickness: 0.7, color: MUTED, dashArray: [3, 3] });
  for (const [index, { score }] of points.entries()) {
    const next = points[index + 1]?.score;
    const before = points[index - 1]?.score;
    if (score === null) continue;
    const start = { x: xOf(index), y: yOf(score) };
    if (next != null) page.drawLine({ start, end: { x: xOf(index + 1), y: yOf(next) }, thickness: 1.5, color: ACCENT });
    else if (before == null) page.drawCircle({ ...start, size: 1.5, color: ACCENT });
  }
  const [first, last] = [points[0], points.at(-1)];
  const ink = { size: 7, color: MUTED };
  if (first) sheet.write(sheet.clean(day(first.day)), left, bottom - 10, ink);
  if (last && last !== first) sheet.write(sheet.clean(day(last.day)), left + width, bottom - 10, ink, true);
}

interface Placed extends TableColumn {
  x: number;
  room: number;
}

function drawTable(sheet: PdfSheet, { title, columns, rows, note }: Extract<ReportBlock, { kind: 'table' }>): void {
  drawHeading(sheet, title, 40);
  const placed = place(sheet, columns);
  const { structure } = sheet;
  const table = rows.length > 0 ? structure.add(structure.root, 'Table') : structure.root;
  if (rows.length > 0) drawHead(sheet, placed, structure.add(structure.add(table, 'THead'), 'TR'));
  const body = rows.length > 0 ? structure.add(table, 'TBody') : table;
  for (const row of rows) {
    const lines = row.cells.map((cell, index) => {
      const text = sheet.clean(cell);
      return wrapText(text, placed[index]?.room ?? 0, CELL_LINES_MAX, (part) => sheet.measure(part, CELL));
    });
    const height = Math.max(...lines.map(({ length }) => length), 1) * CELL_LINE + 4;
    if (!sheet.hasRoom(height)) {
      sheet.turn();
      drawHead(sheet, placed);
    }
    drawRow(sheet, placed, { row, lines, element: structure.add(body, 'TR') });
    sheet.y -= height;
    sheet.rule();
  }
  if (note) {
    if (!sheet.hasRoom(16)) sheet.turn();
    sheet.tag('P', () => sheet.write(sheet.clean(note), sheet.left, sheet.y - 12, { size: 8, color: MUTED }));
    sheet.y -= 16;
  }
}

function place(sheet: PdfSheet, columns: readonly TableColumn[]): Placed[] {
  const whole = columns.reduce((sum, { width }) => sum + width, 0);
  let x = sheet.left;
  return columns.map((column) => {
    const width = (column.width / whole) * sheet.width;
    const at = { ...column, x, room: width - CELL_GAP };
    x += width;
    return at;
  });
}

/** The first time with the element of its row; where it is said again on the next sheet it is said already. */
function drawHead(sheet: PdfSheet, columns: readonly Placed[], row?: PdfElement): void {
  const ink = { size: 7.5, isBold: true, color: MUTED };
  const lines = columns.map(({ label, room }) =>
    wrapText(sheet.clean(label), room, 2, (text) => sheet.measure(text, ink)),
  );
  const height = Math.max(...lines.map(({ length }) => length)) * 9;
  for (const [index, texts] of lines.entries()) {
    const column = columns[index];
    if (!column) continue;
    const end = column.isNumber ? column.x + column.room : column.x;
    const draw = () => {
      for (const [line, text] of texts.entries()) sheet.write(text, end, sheet.y - 9 - line * 9, ink, column.isNumber);
    };
    if (row) sheet.tag('TH', draw, row, { scope: 'Column', ...meant(column.label, texts) });
    else sheet.artifact(draw);
  }
  sheet.y -= height + 4;
  sheet.rule();
}

/** What is meant, where what is drawn of it is cut or written by numbers. */
function meant(text: string, lines: readonly string[]): Told {
  return lines.join(' ') === text ? {} : { actual: text };
}

function drawRow(
  sheet: PdfSheet,
  columns: readonly Placed[],
  { row, lines: cells, element }: { row: TableRow; lines: readonly string[][]; element: PdfElement },
): void {
  const last = columns.at(-1);
  if (row.share !== undefined && last) {
    const width = Math.max(1, row.share * last.room);
    sheet.artifact(() => {
      sheet.page.drawRectangle({ x: last.x, y: sheet.y - 12, width, height: 10, color: WASH });
      sheet.page.drawRectangle({ x: last.x, y: sheet.y - 12, width: 1, height: 10, color: ACCENT });
    });
  }
  for (const [index, lines] of cells.entries()) {
    const column = columns[index];
    if (!column) continue;
    const x = column.isNumber ? column.x + column.room : column.x;
    const ink = { ...CELL, color: INK };
    const draw = () => {
      for (const [line, text] of lines.entries())
        sheet.write(text, x, sheet.y - CELL_LINE - line * CELL_LINE, ink, column.isNumber);
    };
    const told = meant(row.cells[index] ?? '', lines);
    // What a row is about is its header.
    if (index === 0) sheet.tag('TH', draw, element, { scope: 'Row', ...told });
    else sheet.tag('TD', draw, element, told);
  }
}
