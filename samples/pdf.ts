const linesHeight = 18;

/** A one-page PDF with these lines, in a font that every reader brings along. Lines are ASCII, without brackets. */
export function pdf(title: string, lines: string[]): string {
  const text = lines.map((line) => `(${line}) Tj 0 -${linesHeight} Td`).join('\n');
  const content = `BT\n/F1 20 Tf\n72 760 Td\n(${title}) Tj\n/F1 11 Tf\n0 -36 Td\n${text}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  return withCrossReferences(objects);
}

/** A PDF ends with the offset of each of its objects, each line 20 bytes long. */
function withCrossReferences(objects: string[]): string {
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  return `${body}xref\n0 ${count}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
}
