import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';

const columns = `{
  sale_id: 'BIGINT', sale_date: 'DATE', location: 'VARCHAR', product_id: 'BIGINT', customer_id: 'BIGINT',
  quantity: 'BIGINT', unit_price: 'DECIMAL(18,2)', Total_Sales: 'DECIMAL(18,2)'
}`;

/** The pipeline's work with DuckDB and nothing around it; returns its milliseconds. */
export async function bareEngine(file: string, work: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const startedAt = performance.now();
  const copy = path.join(work, 'raw.csv');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), createWriteStream(copy, { flush: true }));
  const rows = path.join(work, 'sales.parquet');
  const totals = path.join(work, 'sales_by_location.parquet');
  await connection.run(
    `COPY (SELECT sale_id, sale_date, location, product_id, customer_id, quantity, unit_price, Total_Sales AS total_sales
           FROM read_csv('${copy}', header = true, auto_detect = false, delim = ',', quote = '"', columns = ${columns}))
     TO '${rows}' (FORMAT parquet, COMPRESSION zstd)`,
  );
  await connection.run(
    `COPY (SELECT location, sum(total_sales) AS total_sales FROM '${rows}' GROUP BY location) TO '${totals}' (FORMAT parquet)`,
  );
  await connection.runAndReadAll(`SELECT count(*) FROM '${rows}'`);
  const ms = performance.now() - startedAt;
  connection.closeSync();
  instance.closeSync();
  return ms;
}
