import { describe, expect, it } from 'vitest';
import { cursorContext } from '@/lib/languages/trino-sql/editing/cursor-context';
import { completions } from './completions';
import type { CatalogTable, EditorCatalog } from './editor-catalog';

const column = (name: string, type = 'string') => ({ name, type });
const tables: CatalogTable[] = [
  { database: 'retail', name: 'orders', columns: [column('id', 'bigint'), column('city'), column('order', 'int')] },
  {
    database: 'retail',
    name: 'sales',
    columns: [column('id', 'bigint'), column('amount', 'decimal(9,2)'), column('2024')],
  },
  { database: 'retail', name: 'sales_by_city', columns: [column('city'), column('total')] },
  { database: 'other', name: 'sales_old', columns: [column('x')] },
];

function catalogOf(list: CatalogTable[]): EditorCatalog {
  const find = (database: string, table: string) =>
    list.find((each) => each.database === database && each.name === table);
  return {
    database: 'retail',
    databases: ['retail', 'other'],
    tables: list,
    isWhole: true,
    find,
    columns: async (database, table) => find(database, table)?.columns ?? [],
  };
}

const catalog = catalogOf(tables);

async function at(text: string, from = catalog) {
  const context = cursorContext(text.replace('|', ''), text.indexOf('|'));
  return context ? completions(context, from) : [];
}
const labels = async (text: string) => (await at(text)).map(({ label }) => label);

describe('completions', () => {
  it('offers tables after FROM, the best name first, and those of other databases with theirs', async () => {
    expect((await labels('SELECT * FROM sal|')).slice(0, 3)).toEqual(['sales', 'sales_by_city', 'sales_old']);
    expect((await at('SELECT * FROM sales_o|'))[0]?.text).toBe('other.sales_old');
    expect(await labels('SELECT * FROM other.|')).toEqual(['sales_old']);
    expect((await labels('SELECT * FROM city|'))[0]).toBe('sales_by_city');
  });

  it('offers the columns of the statement’s own tables first', async () => {
    const found = await labels('SELECT | FROM orders');
    expect(found.slice(0, 3)).toEqual(['id', 'city', 'order']);
    expect(found).not.toContain('amount');
    expect((await at('SELECT am| FROM sales'))[0]).toMatchObject({ label: 'amount', detail: 'decimal(9,2)' });
  });

  it('looks through aliases, WITH queries and queries in FROM', async () => {
    expect(await labels('SELECT s.| FROM sales s')).toEqual(['id', 'amount', '2024']);
    expect(await labels('WITH t AS (SELECT amount AS a, s.id FROM sales s) SELECT q.| FROM t q')).toEqual(['a', 'id']);
    expect(await labels('SELECT q.| FROM (SELECT *, 1 AS one FROM orders) q')).toEqual(['id', 'city', 'order', 'one']);
    expect((await at('WITH t AS (SELECT amount a FROM sales) SELECT a| FROM t'))[0]).toMatchObject({
      label: 'a',
      detail: 'decimal(9,2)',
    });
    expect((await labels('WITH totals AS (SELECT 1) SELECT * FROM tot|'))[0]).toBe('totals');
    expect(await labels('SELECT t.| FROM sales AS t(a, b)')).toEqual(['a', 'b']);
  });

  it('names the table where two have the column', async () => {
    const found = await at('SELECT id| FROM orders o JOIN sales s ON true');
    expect(found.slice(0, 2).map(({ label, text }) => [label, text])).toEqual([
      ['o.id', 'o.id'],
      ['s.id', 's.id'],
    ]);
  });

  it('sees what is around a query in a query, behind what is its own', async () => {
    const found = await labels('SELECT * FROM orders WHERE id IN (SELECT | FROM sales)');
    expect(found.indexOf('amount')).toBeLessThan(found.indexOf('city'));
    expect(found).toContain('city');
  });

  it('offers functions with their parameters, and keywords where they may stand', async () => {
    const [found] = await at('SELECT date_di|');
    expect(found).toMatchObject({ label: 'date_diff', detail: '(unit, timestamp1, timestamp2)' });
    expect((await labels('SEL|'))[0]).toBe('SELECT');
    expect((await labels('SELECT a FROM orders |'))[0]).toBe('WHERE');
    expect(await labels('SELECT 1 AS |')).toEqual([]);
    expect((await labels('SELECT CAST(a AS dec|'))[0]).toBe('decimal(10, 2)');
  });

  it('finds one among ten thousand, and lists no more than can be read', async () => {
    const many = Array.from({ length: 10_000 }, (_, n) => ({ database: 'retail', name: `table_${n}_events` }));
    const large = catalogOf(many);
    expect((await at('SELECT * FROM 9876|', large)).length).toBe(0);
    expect((await at('SELECT * FROM table_9876|', large))[0]?.label).toBe('table_9876_events');
    expect(await at('SELECT * FROM |', large)).toHaveLength(100);
  });
});
