/**
 * The structure of a tagged PDF: what a screen reader reads, in its order, whatever the sheets look like. Everything that is
 * drawn is either the content of an element or an artifact.
 * ISO 32000-1, 14.7 and 14.8; what PDF/UA (ISO 14289-1) asks of it.
 */
import {
  beginMarkedContent,
  endMarkedContent,
  type PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  type PDFRef,
} from '@cantoo/pdf-lib';

export type Tag =
  | 'Document'
  | 'H1'
  | 'H2'
  | 'P'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Figure'
  | 'Table'
  | 'THead'
  | 'TBody'
  | 'TR'
  | 'TH'
  | 'TD';

export interface Told {
  /** Of a figure. */
  alt?: string;
  /** Where what is drawn is shorter than, or written otherwise as, what is meant. */
  actual?: string;
  /** Of a header cell. */
  scope?: 'Column' | 'Row';
  /** Of a figure: left, bottom, right, top. */
  box?: [number, number, number, number];
}

export class PdfElement {
  readonly ref: PDFRef;
  readonly dict: PDFDict;
  /** Elements, and marked contents as dictionaries that name their page. */
  readonly kids: (PDFRef | PDFDict)[] = [];

  constructor(document: PDFDocument, parent: PDFRef, tag: Tag, { alt, actual, scope, box }: Told) {
    const { context } = document;
    const layout = box ? [{ O: 'Layout', Placement: 'Block', BBox: box }] : [];
    const table = scope ? [{ O: 'Table', Scope: scope }] : [];
    this.dict = context.obj({ Type: 'StructElem', S: tag, P: parent });
    const attributes = [...layout, ...table];
    if (attributes.length > 0) this.dict.set(PDFName.of('A'), context.obj(attributes));
    if (alt !== undefined) this.dict.set(PDFName.of('Alt'), PDFHexString.fromText(alt));
    if (actual !== undefined) this.dict.set(PDFName.of('ActualText'), PDFHexString.fromText(actual));
    this.ref = context.register(this.dict);
  }
}

export class PdfStructure {
  readonly root: PdfElement;
  readonly #document: PDFDocument;
  readonly #tree: PDFRef;
  readonly #elements: PdfElement[] = [];
  /** Of each page the elements that its marked contents belong to, by their number. */
  readonly #marks = new Map<PDFPage, PDFRef[]>();

  constructor(document: PDFDocument) {
    this.#document = document;
    this.#tree = document.context.nextRef();
    this.root = new PdfElement(document, this.#tree, 'Document', {});
    this.#elements.push(this.root);
  }

  add(parent: PdfElement, tag: Tag, told: Told = {}): PdfElement {
    const element = new PdfElement(this.#document, parent.ref, tag, told);
    parent.kids.push(element.ref);
    this.#elements.push(element);
    return element;
  }

  /** What `draw` draws on the page is the element's. */
  mark(page: PDFPage, element: PdfElement, draw: () => void): void {
    const marks = this.#marks.get(page) ?? [];
    this.#marks.set(page, marks);
    const id = marks.push(element.ref) - 1;
    element.kids.push(this.#document.context.obj({ Type: 'MCR', Pg: page.ref, MCID: id }));
    const tag = element.dict.get(PDFName.of('S')) as PDFName;
    page.pushOperators(PDFOperator.of(PDFOperatorNames.BeginMarkedContentSequence, [tag, `<</MCID ${id}>>`]));
    draw();
    page.pushOperators(endMarkedContent());
  }

  /** What `draw` draws says nothing that is not said elsewhere. */
  artifact(page: PDFPage, draw: () => void): void {
    page.pushOperators(beginMarkedContent('Artifact'));
    draw();
    page.pushOperators(endMarkedContent());
  }

  /** Writes the tree, once everything is drawn. */
  finish(): void {
    const { context, catalog } = this.#document;
    for (const { dict, kids } of this.#elements) dict.set(PDFName.of('K'), context.obj(kids));
    const numbers: (number | PDFRef)[] = [];
    for (const [index, page] of this.#document.getPages().entries()) {
      page.node.set(PDFName.of('StructParents'), context.obj(index));
      // Those who go through it by keyboard follow the tree.
      page.node.set(PDFName.of('Tabs'), PDFName.of('S'));
      numbers.push(index, context.register(context.obj(this.#marks.get(page) ?? [])));
    }
    const ParentTree = context.register(context.obj({ Nums: numbers }));
    const next = this.#document.getPageCount();
    const tree = { Type: 'StructTreeRoot', K: [this.root.ref], ParentTree, ParentTreeNextKey: next };
    context.assign(this.#tree, context.obj(tree));
    catalog.set(PDFName.of('StructTreeRoot'), this.#tree);
    catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }));
  }
}
