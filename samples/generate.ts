/** Writes the sample data, byte for byte the same each time: `npm run samples`. What each file shows: README.md. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { accessLog } from './access-log.ts';
import { customersCsv, customersNdjson } from './customers.ts';
import { pdf } from './pdf.ts';
import { type Colour, png } from './png.ts';
import { productsCsv, productsJson } from './products.ts';
import { differentSchemaCsv, londonCsv, parisCsv } from './sales.ts';

export const dataFolder = path.join(import.meta.dirname, 'data');

/** Path below the data folder → content. */
export function generateSamples(): Record<string, string | Uint8Array> {
  return {
    'retail/sales_data_london.csv': londonCsv(),
    'retail/sales_data_london_different_schema.csv': differentSchemaCsv(),
    'retail/sales_data_paris.csv': parisCsv(),
    'retail/products.csv': productsCsv(),
    'retail/products.json': productsJson(),
    'retail/customers.csv': customersCsv(),
    'retail/customers.ndjson': customersNdjson(),
    'web/access.log': accessLog(),
    'documents/supplier_terms.pdf': supplierTerms(),
    'documents/stock_take.md': stockTake,
    'documents/delivery_note.txt': deliveryNote,
    'images/mug.png': png(96, mug),
    'images/scarf.png': png(96, scarf),
  };
}

function supplierTerms(): string {
  return pdf('Terms of supply', [
    'Supplier C delivers within ten working days of an order.',
    'Damaged goods are replaced within thirty days of delivery.',
    'Invoices are due at the end of the month after delivery.',
  ]);
}

const stockTake = `# Stock take, October 2024

- Soho: complete, two shelves recounted.
- Camden: complete.
- Greenwich: the cellar is left for November.
`;

const deliveryNote = `Delivery note 4711

To the shop in Shoreditch: twelve boxes of Product 8, as ordered on 2 October 2024.
One box was wet on arrival, and went back with the driver.
`;

function mug(x: number, y: number): Colour {
  const isBody = x > 20 && x < 66 && y > 24 && y < 80;
  const fromHandle = Math.hypot(x - 66, y - 50);
  const isHandle = x >= 66 && fromHandle > 10 && fromHandle < 17;
  return isBody || isHandle ? [200, 70, 50] : [240, 238, 230];
}

function scarf(x: number, y: number): Colour {
  if (x < 30 || x > 66) return [240, 238, 230];
  return Math.floor(y / 12) % 2 === 0 ? [40, 80, 130] : [230, 190, 80];
}

function writeSamples(): void {
  for (const [name, content] of Object.entries(generateSamples())) {
    const file = path.join(dataFolder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

if (import.meta.main) writeSamples();
