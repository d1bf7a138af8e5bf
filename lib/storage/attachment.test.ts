import { expect, it } from 'vitest';
import { attachment } from './attachment';

it('names a file for every browser, and lets no name break out of the header', () => {
  expect(attachment('été (1).csv')).toBe(
    'attachment; filename="_t_ (1).csv"; filename*=UTF-8\'\'%C3%A9t%C3%A9%20%281%29.csv',
  );
  expect(attachment('a"\r\nx.csv')).toMatch(/^attachment; filename="a___x.csv"; filename\*=UTF-8''a%22%0D%0Ax.csv$/);
});
