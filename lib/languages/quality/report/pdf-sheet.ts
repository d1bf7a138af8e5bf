/** Sheets of A4 that are written from top to bottom. */
import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from '@cantoo/pdf-lib';
import { type PdfElement, PdfStructure, type Tag, type Told } from './pdf-structure.ts';
import { winAnsi } from './pdf-text.ts';

const [WIDTH, HEIGHT] = [595.28, 841.89];
const MARGIN = 44;
const FOOT = 26;

export const INK = rgb(0.1, 0.13, 0.17);
export const MUTED = rgb(0.36, 0.4, 0.45);
export const LINE = rgb(0.83, 0.85, 0.87);
export const ACCENT = rgb(0.05, 0.42, 0.55);
export const WASH = rgb(0.78, 0.88, 0.91);

export interface Ink {
  size: number;
  isBold?: boolean;
  color?: ReturnType<typeof rgb>;
}

export class PdfSheet {
  readonly document: PDFDocument;
  readonly structure: PdfStructure;
  readonly left = MARGIN;
  readonly width = WIDTH - 2 * MARGIN;
  /** Where the next thing's top is, from the foot of the page. */
  y = 0;
  #page: PDFPage;
  readonly #fonts: Record<'plain' | 'bold', PDFFont>;
  readonly #known: ReadonlySet<number>;

  static async start(): Promise<PdfSheet> {
    const document = await PDFDocument.create();
    const plain = await document.embedFont(StandardFonts.Helvetica);
    const bold = await document.embedFont(StandardFonts.HelveticaBold);
    return new PdfSheet(document, { plain, bold });
  }

  private constructor(document: PDFDocument, fonts: Record<'plain' | 'bold', PDFFont>) {
    this.document = document;
    this.structure = new PdfStructure(document);
    this.#fonts = fonts;
    this.#known = new Set(fonts.plain.getCharacterSet());
    this.#page = this.turn();
  }

  get page(): PDFPage {
    return this.#page;
  }

  /** A new page. */
  turn(): PDFPage {
    this.#page = this.document.addPage([WIDTH, HEIGHT]);
    this.y = HEIGHT - MARGIN;
    return this.#page;
  }

  hasRoom(height: number): boolean {
    return this.y - height >= MARGIN + FOOT;
  }

  /** As the fonts can write it. */
  clean(text: string): string {
    return winAnsi(text, this.#known);
  }

  /** Takes text that is clean. */
  measure(text: string, { size, isBold }: Ink): number {
    return this.#fonts[isBold ? 'bold' : 'plain'].widthOfTextAtSize(text, size);
  }

  /** A new element of the structure, with what is drawn on this page as its content. */
  tag(tag: Tag, draw: () => void, parent = this.structure.root, told: Told = {}): PdfElement {
    const element = this.structure.add(parent, tag, told);
    this.structure.mark(this.#page, element, draw);
    return element;
  }

  artifact(draw: () => void): void {
    this.structure.artifact(this.#page, draw);
  }

  /** Writes a line of clean text with its baseline at `y`; `right`: it ends at `x`. */
  write(text: string, x: number, y: number, ink: Ink, right = false): void {
    const font = this.#fonts[ink.isBold ? 'bold' : 'plain'];
    const start = right ? x - this.measure(text, ink) : x;
    this.#page.drawText(text, { x: start, y, size: ink.size, font, color: ink.color ?? INK });
  }

  /** A rule across the page at the present height. */
  rule(): void {
    const [start, end] = [
      { x: this.left, y: this.y },
      { x: this.left + this.width, y: this.y },
    ];
    this.artifact(() => this.#page.drawLine({ start, end, thickness: 0.5, color: LINE }));
  }

  /** Writes the foot of every page, once their number is known. */
  foot(say: (page: number, pages: number) => string, name: string): void {
    const pages = this.document.getPages();
    const ink = { size: 8, color: MUTED };
    for (const [index, page] of pages.entries()) {
      this.#page = page;
      this.artifact(() => {
        this.write(this.clean(name), this.left, MARGIN - 8, ink);
        this.write(this.clean(say(index + 1, pages.length)), this.left + this.width, MARGIN - 8, ink, true);
      });
    }
  }
}
