import { seededRandom } from './random.ts';
import { csv, money } from './text.ts';

export interface Product {
  id: number;
  name: string;
  category: string;
  supplier: string;
  lowestCents: number;
  highestCents: number;
}

const categories = ['Home & Kitchen', 'Clothing', 'Electronics', 'Toys', 'Beauty', 'Sports', 'Books', 'Garden'];
const suppliers = ['Supplier A', 'Supplier B', 'Supplier C', 'Supplier D', 'Supplier E'];

/** The first hundred are the standing range; those after it came in autumn, from another system. */
export const products: Product[] = makeProducts(120);
export const standingRange = products.slice(0, 100);
const autumnRange = products.slice(100);

function makeProducts(count: number): Product[] {
  const random = seededRandom(1);
  return Array.from({ length: count }, (_, index) => {
    const lowestCents = random.integer(199, 8999);
    return {
      id: index + 1,
      name: `Product ${index + 1}`,
      category: random.pick(categories),
      supplier: random.pick(suppliers),
      lowestCents,
      highestCents: lowestCents + random.integer(100, 2500),
    };
  });
}

export function productsCsv(): string {
  const rows = standingRange.map(({ id, name, category, supplier, ...prices }) => [
    id,
    name,
    category,
    supplier,
    priceRange(prices),
  ]);
  return csv([['product_id', 'product_name', 'category', 'supplier', 'price_range'], ...rows]);
}

export function productsJson(): string {
  const rows = autumnRange.map(({ id, name, category, supplier, ...prices }) => ({
    product_id: id,
    product_name: name,
    category,
    supplier,
    price_range: priceRange(prices),
  }));
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}

function priceRange({ lowestCents, highestCents }: Pick<Product, 'lowestCents' | 'highestCents'>): string {
  return `${money(lowestCents)}-${money(highestCents)}`;
}
