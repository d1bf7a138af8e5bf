import { expect, test } from 'vitest';
import { keysInFolder, keysRenamed, nameOf } from './target-keys';

test('files keep their names below the folder that is looked at', () => {
  const files = [{ key: 'sales/2024/01.csv' }, { key: 'sales/x.csv' }];
  expect(keysInFolder(files, 'sales/', '/archive/old/')).toEqual([
    { key: 'sales/2024/01.csv', to: 'archive/old/2024/01.csv' },
    { key: 'sales/x.csv', to: 'archive/old/x.csv' },
  ]);
});

test('a file is renamed in its place, and a folder with all that is beneath it', () => {
  const file = { key: 'sales/2024/a.csv', isFolder: false, sizeBytes: 1 };
  expect(nameOf(file)).toBe('a.csv');
  expect(keysRenamed([file], file, 'b.csv')).toEqual([{ key: 'sales/2024/a.csv', to: 'sales/2024/b.csv' }]);
  const folder = { key: 'sales/2024/', isFolder: true, sizeBytes: 0 };
  expect(nameOf(folder)).toBe('2024');
  expect(keysRenamed([{ key: 'sales/2024/' }, file], folder, '2025')).toEqual([
    { key: 'sales/2024/', to: 'sales/2025/' },
    { key: 'sales/2024/a.csv', to: 'sales/2025/a.csv' },
  ]);
});
