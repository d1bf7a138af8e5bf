import { customerCount } from './customers.ts';
import { products } from './products.ts';
import { type Random, seededRandom } from './random.ts';
import { csv, dayOf2024, money } from './text.ts';

export const londonDistricts = [
  'Camden',
  'Chelsea',
  'Covent Garden',
  'Greenwich',
  'Hackney',
  'Islington',
  'Kensington',
  'Mayfair',
  'Notting Hill',
  'Shoreditch',
  'Soho',
  'Westminster',
] as const;

const parisDistricts = ['Bastille', 'Belleville', 'Champs-Élysées', 'Le Marais', 'Montmartre', 'Opéra'] as const;

interface Sale {
  id: number;
  date: string;
  location: string;
  productId: number;
  /** Empty for a customer without a card. */
  customerId: number | '';
  quantity: number;
  unitCents: number;
}

export const salesHeader = [
  'sale_id',
  'sale_date',
  'location',
  'product_id',
  'customer_id',
  'quantity',
  'unit_price',
  'Total_Sales',
];

export function makeSale(id: number, districts: readonly string[], random: Random): Sale {
  const product = random.pick(products);
  return {
    id,
    date: dayOf2024(random.integer(0, 304)),
    location: random.pick(districts),
    productId: product.id,
    customerId: random.chance(0.9) ? random.integer(1, customerCount) : '',
    quantity: random.integer(1, 9),
    unitCents: random.integer(product.lowestCents, product.highestCents),
  };
}

export function saleFields({
  id,
  date,
  location,
  productId,
  customerId,
  quantity,
  unitCents,
}: Sale): (string | number)[] {
  return [id, date, location, productId, customerId, quantity, money(unitCents), money(quantity * unitCents)];
}

export function londonCsv(): string {
  return salesCsv({ seed: 3, firstId: 1, rows: 2000, districts: londonDistricts });
}

export function parisCsv(): string {
  return salesCsv({ seed: 4, firstId: 100_001, rows: 1200, districts: parisDistricts });
}

interface SalesOptions {
  seed: number;
  firstId: number;
  rows: number;
  districts: readonly string[];
}

function salesCsv({ seed, firstId, rows, districts }: SalesOptions): string {
  const random = seededRandom(seed);
  const sales = Array.from({ length: rows }, (_, index) => saleFields(makeSale(firstId + index, districts, random)));
  return csv([salesHeader, ...sales]);
}

/**
 * As another till would export it: two columns have other names, one is missing, one is too many, and here and there a
 * value is not of the type that it should be.
 */
export function differentSchemaCsv(): string {
  const random = seededRandom(5);
  const header = ['sale_id', 'sale_date', 'store', 'product_id', 'quantity', 'unit_price', 'total', 'currency'];
  const rows = Array.from({ length: 200 }, (_, index) => {
    const { id, date, location, productId, quantity, unitCents } = makeSale(200_001 + index, londonDistricts, random);
    const row = index + 1;
    return [
      id,
      row % 60 === 7 ? '2024-02-30' : date,
      location,
      productId,
      row % 50 === 3 ? 'two' : quantity,
      row % 40 === 5 ? money(unitCents).replace('.', ',') : money(unitCents),
      money(quantity * unitCents),
      'GBP',
    ];
  });
  return csv([header, ...rows]);
}
