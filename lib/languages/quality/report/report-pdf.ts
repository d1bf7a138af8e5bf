import { TARGET, type TrendPoint } from '../figures.ts';
import { ACCENT, INK, LINE, MUTED, PdfSheet, WASH } from './pdf-sheet.ts';
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
  sheet.write(sheet.clean(title), sheet.left, sheet.y - 18, { size: 20, isBold: true });
  sheet.write(sheet.clean(`${period} · ${made}`), sheet.left, sheet.y - 34, { size: 9, color: MUTED });
  sheet.y -= 52;
  for (const block of blocks) drawBlock(sheet, block, report, locale);
  sheet.foot(REPORT_TEXTS[locale].page, `${title} · ${period}`);
  return document.save();
}

function drawBlock(sheet: PdfSheet, block: ReportBlock, report: QualityReport, locale: ReportLocale): void {
  if (block.kind === 'facts') drawFacts(sheet, block.facts);
  else if (block.kind === 'trend') drawTrend(sheet, block, (day) => reportFormat(locale, report.timeZone).day(day));
  else drawTable(sheet, block);
}

function drawFacts(sheet: PdfSheet, facts: readonly Fact[]): void {
  const width = sheet.width / FACTS_A_ROW;
  for (let first = 0; first < facts.length; first += FACTS_A_ROW) {
    sheet.rule();
    for (const [index, { label, value, note }] of facts.slice(first, first + FACTS_A_ROW).entries()) {
      const x = sheet.left + index * width;
      sheet.write(sheet.clean(label), x, sheet.y - 13, { size: 8, color: MUTED });
      sheet.write(sheet.clean(value), x, sheet.y - 28, { size: 14, isBold: true });
      const ink = { size: 7, color: MUTED };
      const lines = wrapText(sheet.clean(note), width - CELL_GAP, 2, (text) => sheet.measure(text, ink));
      for (const [line, text] of lines.entries()) sheet.write(text, x, sheet.y - 38 - line * 8, ink);
    }
    sheet.y -= FACT_HEIGHT;
  }
}

/** A heading never stands alone at the foot of a page. */
function drawHeading(sheet: PdfSheet, title: string, below: number): void {
  if (!sheet.hasRoom(30 + below)) sheet.turn();
  sheet.write(sheet.clean(title), sheet.left, sheet.y - 20, { size: 12, isBold: true });
  sheet.y -= 28;
}

function drawTrend(
  sheet: PdfSheet,
  { title, points }: { title: string; points: readonly TrendPoint[] },
  day: (day: string) => string,
): void {
  drawHeading(sheet, title, CHART_HEIGHT + 20);
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
  sheet.y = bottom - 18;
}

interface Placed extends TableColumn {
  x: number;
  room: number;
}

function drawTable(sheet: PdfSheet, { title, columns, rows, note }: Extract<ReportBlock, { kind: 'table' }>): void {
  drawHeading(sheet, title, 40);
  const placed = place(sheet, columns);
  if (rows.length > 0) drawHead(sheet, placed);
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
    drawRow(sheet, placed, row, lines);
    sheet.y -= height;
    sheet.rule();
  }
  if (note) {
    if (!sheet.hasRoom(16)) sheet.turn();
    sheet.write(sheet.clean(note), sheet.left, sheet.y - 12, { size: 8, color: MUTED });
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

function drawHead(sheet: PdfSheet, columns: readonly Placed[]): void {
  const ink = { size: 7.5, isBold: true, color: MUTED };
  const lines = columns.map(({ label, room }) =>
    wrapText(sheet.clean(label), room, 2, (text) => sheet.measure(text, ink)),
  );
  const height = Math.max(...lines.map(({ length }) => length)) * 9;
  for (const [index, texts] of lines.entries()) {
    const column = columns[index];
    if (!column) continue;
    for (const [line, text] of texts.entries()) {
      const end = column.isNumber ? column.x + column.room : column.x;
      sheet.write(text, end, sheet.y - 9 - line * 9, ink, column.isNumber);
    }
  }
  sheet.y -= height + 4;
  sheet.rule();
}

function drawRow(sheet: PdfSheet, columns: readonly Placed[], row: TableRow, cells: readonly string[][]): void {
  const last = columns.at(-1);
  if (row.share !== undefined && last) {
    const width = Math.max(1, row.share * last.room);
    sheet.page.drawRectangle({ x: last.x, y: sheet.y - 12, width, height: 10, color: WASH });
    sheet.page.drawRectangle({ x: last.x, y: sheet.y - 12, width: 1, height: 10, color: ACCENT });
  }
  for (const [index, lines] of cells.entries()) {
    const column = columns[index];
    if (!column) continue;
    for (const [line, text] of lines.entries()) {
      const x = column.isNumber ? column.x + column.room : column.x;
      sheet.write(text, x, sheet.y - CELL_LINE - line * CELL_LINE, { ...CELL, color: INK }, column.isNumber);
    }
  }
}
