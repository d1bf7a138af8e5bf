import { inflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFPage,
  type PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { makeRecord } from '../../../quality/testing.ts';
import { lastDays } from '../days.ts';
import type { QualityEvaluation } from '../evaluation.ts';
import { readKeptReportKey } from './kept-report.ts';
import { wrapText } from './pdf-text.ts';
import { makeReport } from './report.ts';
import { reportCsv } from './report-csv.ts';
import { reportDocument } from './report-document.ts';
import { reportPdf } from './report-pdf.ts';
import { EvaluationTally } from './tally.ts';

const now = new Date('2026-11-21T12:00:00Z');

function reportOf(records: Iterable<QualityEvaluation>) {
  const days = lastDays(now.getTime(), 28, 'UTC');
  const tally = new EvaluationTally(new Date(`${days[0]}T00:00:00Z`));
  for (const record of records) tally.add(record);
  const { last, scores, unusual, verdicts } = tally;
  return makeReport({
    known: [],
    open: [],
    last,
    scores,
    unusual,
    verdicts,
    unreadable: 0,
    days,
    timeZone: 'UTC',
    now,
  });
}

/** What the pages say, in the order it is written, and how many they are. */
async function readPdf(bytes: Uint8Array) {
  const raw = Buffer.from(bytes);
  const parts: string[] = [];
  for (let at = raw.indexOf('stream\n'); at >= 0; at = raw.indexOf('stream\n', at + 7)) {
    try {
      parts.push(inflateSync(raw.subarray(at + 7)).toString('latin1'));
    } catch {
      // Not the beginning of one that is compressed.
    }
  }
  const decoder = new TextDecoder('windows-1252');
  const shown = parts.join('\n').matchAll(/<([0-9A-F]*)> Tj/g);
  const text = Array.from(shown, ([, hex = '']) => decoder.decode(Buffer.from(hex, 'hex'))).join('\n');
  const document = await PDFDocument.load(bytes);
  const language = String(document.catalog.lookup(PDFName.of('Lang')));
  return { text, pages: document.getPageCount(), title: document.getTitle(), language };
}

describe('a report', () => {
  test('of no record says so in each of its forms', async () => {
    const report = reportOf([]);
    expect(report).toMatchObject({ evaluations: 0, failing: [], anomalies: [], missing: [], days: 28 });
    expect(report.score).toBeUndefined();
    const { text, pages } = await readPdf(await reportPdf(report, 'en'));
    expect(text).toContain('no table has a rule yet');
    expect(text).toContain('No table has a rule yet.');
    expect(text).toContain('No anomaly in the period.');
    expect(pages).toBe(1);
    expect(reportCsv(report)).toContain('summary,,,evaluations,0');
  });

  test('counts what came of the checks, and the cells that are missing, the largest share first', () => {
    const broken = { rules: { 'IsComplete "town"': 40 } };
    const report = reportOf([
      makeRecord({ id: 'a', evaluatedAt: '2026-11-01T08:00:00.000Z' }),
      makeRecord({
        ...{ id: 'b', ...broken, verdict: 'held' },
        metrics: {
          'Dataset.*.RowCount': 100,
          'Column.town.Completeness': 0.6,
          'Column.amount.Completeness': 0.9,
        },
        anomalies: [{ metric: 'Dataset.*.RowCount', value: 100, lower: 180, upper: 220, points: 14 }],
      }),
    ]);
    expect(report.verdicts).toEqual({ passed: 1, warned: 0, held: 1, quarantined: 0 });
    expect(report.movement).toBe(-0.5);
    expect(report.missing).toEqual([
      { table: 'sales', column: 'town', missing: 40, rows: 100 },
      { table: 'sales', column: 'amount', missing: 10, rows: 100 },
    ]);
    expect(report.anomalies).toHaveLength(1);
    expect(report.failing).toMatchObject([{ rule: 'IsComplete "town"', failingRows: 40 }]);
  });

  test('of thousands of records, tables and anomalies is cut where it is read, and whole in the CSV', async () => {
    const anomalies = [{ metric: 'Dataset.*.RowCount', value: 1, lower: 2, upper: 3, points: 14 }];
    const records = Array.from({ length: 3_000 }, (_, index) =>
      makeRecord({ id: `e${index}`, table: `t${index % 150}`, rules: { 'IsUnique "town"': 1 }, anomalies }),
    );
    const report = reportOf(records);
    expect(report.tables).toHaveLength(150);
    const tables = reportDocument(report, 'en').blocks.find((block) => block.kind === 'table' && block.id === 'tables');
    expect(tables).toMatchObject({ rows: { length: 100 }, note: '50 more are in the CSV.' });
    expect(
      reportCsv(report)
        .split('\r\n')
        .filter((line) => line.startsWith('anomaly,')),
    ).toHaveLength(3_000);
    const { text, pages } = await readPdf(await reportPdf(report, 'en'));
    expect(pages).toBeGreaterThan(3);
    expect(text).toContain(`Page ${pages} of ${pages}`);
  });
});

interface Node {
  tag: string;
  alt?: string;
  actual?: string;
  attributes: string;
  /** What is drawn for it, page by page. */
  drawn: number;
  kids: Node[];
}

/** The structure of a tagged PDF, read back from the file as a reader of it would. */
async function readStructure(bytes: Uint8Array) {
  const document = await PDFDocument.load(bytes);
  const { context, catalog } = document;
  const tree = catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict);
  const textOf = (dict: PDFDict, key: string) => {
    const value = dict.lookup(PDFName.of(key));
    return value instanceof PDFHexString ? value.decodeText() : undefined;
  };
  const read = (dict: PDFDict, parent: PDFRef | undefined): Node => {
    if (parent) expect(dict.get(PDFName.of('P'))).toBe(parent);
    const kids = dict.lookup(PDFName.of('K'), PDFArray).asArray();
    const elements = kids.filter((kid) => kid instanceof PDFRef);
    const [alt, actual] = [textOf(dict, 'Alt'), textOf(dict, 'ActualText')];
    return {
      tag: String(dict.get(PDFName.of('S'))).slice(1),
      ...(alt === undefined ? {} : { alt }),
      ...(actual === undefined ? {} : { actual }),
      attributes: String(dict.lookup(PDFName.of('A')) ?? ''),
      drawn: kids.length - elements.length,
      kids: elements.map((ref) => read(context.lookup(ref, PDFDict), context.getObjectRef(dict))),
    };
  };
  const [root] = tree.lookup(PDFName.of('K'), PDFArray).asArray();
  return { catalog, pages: document.getPages(), root: read(context.lookup(root, PDFDict), undefined) };
}

describe('the tags of the PDF', () => {
  const anomalies = [{ metric: 'Dataset.*.RowCount', value: 1, lower: 2, upper: 3, points: 14 }];
  const long = `IsUnique "town" with a name that no cell of the PDF has room for: ${'x'.repeat(200)}東`;
  const records = Array.from({ length: 90 }, (_, index) =>
    makeRecord({ id: `e${index}`, table: `t${index}`, rules: { [long]: 1 }, anomalies }),
  );

  test('name headings, lists, charts and the header cells of tables, in their order', async () => {
    const { root, catalog } = await readStructure(await reportPdf(reportOf(records), 'fr'));
    expect(String(catalog.lookup(PDFName.of('MarkInfo')))).toContain('/Marked true');
    expect(root.kids.map(({ tag }) => tag).join(' ')).toMatch(/^H1 P L H2 Figure( H2 Table( P)?| H2 P){4}$/);
    const figure = root.kids.find(({ tag }) => tag === 'Figure');
    expect(figure?.alt).toMatch(/^Score sur 100 : 50,0 le 20 nov\. 2026.*objectif 95,0\.$/);
    expect(figure?.attributes).toContain('/BBox');
    for (const item of root.kids.find(({ tag }) => tag === 'L')?.kids ?? [])
      expect(item.kids.map(({ tag }) => tag)).toEqual(['Lbl', 'LBody']);
    const [tables] = root.kids.filter(({ tag }) => tag === 'Table');
    const [head, body] = tables?.kids ?? [];
    expect(head?.kids[0]?.kids.every(({ tag, attributes }) => tag === 'TH' && attributes.includes('/Column'))).toBe(
      true,
    );
    // The head is one, on however many sheets it stands.
    expect([head?.kids.length, body?.kids.length]).toEqual([1, 90]);
    for (const row of body?.kids ?? []) {
      expect(row.kids).toHaveLength(head?.kids[0]?.kids.length ?? 0);
      expect(row.kids[0]).toMatchObject({ tag: 'TH', attributes: expect.stringContaining('/Row') });
    }
  });

  test('keep the whole of what is cut, and what the fonts cannot write', async () => {
    const { root } = await readStructure(await reportPdf(reportOf(records.slice(0, 1)), 'en'));
    const cells: string[] = [];
    const walk = (node: Node) => {
      if (node.actual) cells.push(node.actual);
      node.kids.forEach(walk);
    };
    walk(root);
    expect(cells).toContain(long);
  });

  test('leave nothing that is drawn untold: each mark has its element, all else is an artifact', async () => {
    const { pages, catalog } = await readStructure(await reportPdf(reportOf(records), 'en'));
    const numbers = catalog
      .lookup(PDFName.of('StructTreeRoot'), PDFDict)
      .lookup(PDFName.of('ParentTree'), PDFDict)
      .lookup(PDFName.of('Nums'), PDFArray);
    expect(numbers.size()).toBe(2 * pages.length);
    for (const [index, page] of pages.entries()) {
      const content = contentOf(page);
      const marks = [...content.matchAll(/<<\/MCID (\d+)>> BDC/g)].map(([, id]) => Number(id));
      expect(marks).toEqual(marks.map((_, id) => id));
      expect(numbers.lookup(2 * index + 1, PDFArray).size()).toBe(marks.length);
      let depth = 0;
      for (const [operator] of content.matchAll(/\b(BDC|BMC|EMC|Tj|S|f|B)$/gm)) {
        if (operator === 'BDC' || operator === 'BMC') depth += 1;
        else if (operator === 'EMC') depth -= 1;
        else expect(depth, operator).toBe(1);
      }
      expect(depth).toBe(0);
    }
  });
});

/** The operators of a page, one a line. */
function contentOf(page: PDFPage): string {
  const contents = page.node.Contents();
  const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
  const raw = streams.map((ref) => page.doc.context.lookup(ref) as PDFRawStream);
  return raw.map((stream) => Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1')).join('\n');
}

describe('the CSV', () => {
  test('gives a spreadsheet no formula to run', () => {
    const record = makeRecord({
      table: '=cmd|/c calc',
      rules: { '@SUM(A1) "town"': 4 },
      columns: [{ name: '+evil', type: 'string' }],
      metrics: { 'Dataset.*.RowCount': 10, 'Column.+evil.Completeness': 0.5 },
    });
    const csv = reportCsv(reportOf([record]));
    expect(csv).toContain(`'=cmd|/c calc`);
    expect(csv).toContain(`"'@SUM(A1) ""town"""`);
    expect(csv).toContain(`'+evil`);
    expect(csv).not.toMatch(/(^|,)"?[=@+]/m);
  });
});

describe('the PDF', () => {
  test('is French to the last accent, names its language, and tells characters that its fonts lack by number', async () => {
    const record = makeRecord({ table: 'février_œuvres', rules: { 'ColumnValues "quantité" >= "東"': 1_234 } });
    const bytes = await reportPdf(reportOf([record]), 'fr');
    const { text, title, language } = await readPdf(bytes);
    expect(title).toBe('Rapport de qualité des données');
    expect(language).toContain('fr');
    for (const said of ['Rapport de qualité des données', 'Données manquantes', 'Fraîcheur', 'février_œuvres'])
      expect(text).toContain(said);
    expect(text.replaceAll('\n', '')).toContain('\\u{6771}');
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
  });

  test('breaks a long text into lines that fit, and ends what is too long in an ellipsis', () => {
    const measure = (text: string) => text.length;
    expect(wrapText('one two three', 7, 3, measure)).toEqual(['one two', 'three']);
    expect(wrapText('x'.repeat(50), 10, 2, measure)).toEqual(['x'.repeat(10), `${'x'.repeat(9)}…`]);
    expect(wrapText('', 10, 2, measure)).toEqual([]);
  });
});

test('a kept report is known by its key, and nothing else is', () => {
  expect(readKeptReportKey('quality/reports/2026-11-23.pdf')).toEqual({ date: '2026-11-23', format: 'pdf' });
  for (const key of [
    'quality/reports/',
    'quality/reports/x.pdf',
    'quality/reports/2026-11-23.exe',
    'other/2026-11-23.pdf',
  ])
    expect(readKeptReportKey(key)).toBeUndefined();
});
