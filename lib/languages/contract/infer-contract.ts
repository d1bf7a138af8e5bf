import { combinedLogColumns } from '../file-format/combined-log.ts';
import { readJson } from '../file-format/json-reader.ts';
import type { Sniffed } from '../file-format/sniff.ts';
import { openRows } from './check-delimited.ts';
import { ColumnProfile } from './column-profile.ts';
import { describeType } from './column-type.ts';
import type { Contract, ContractColumn } from './contract.ts';
import type { FileFormat } from './format.ts';
import { columnNames } from './snake-case.ts';

/** Drafts a contract from what was read of a dataset's first good file; undefined where it has no columns to be seen. */
export function inferContract(sniffed: Sniffed, dataset: string): Contract | undefined {
  const properties = inferColumns(sniffed);
  return properties.length === 0 ? undefined : draftContract(dataset, properties);
}

/** A draft with these columns. */
export function draftContract(dataset: string, properties: ContractColumn[]): Contract {
  return {
    apiVersion: 'v3.0.2',
    kind: 'DataContract',
    id: `urn:lacustre:dataset:${dataset}`,
    name: dataset,
    version: '1.0.0',
    status: 'draft',
    schema: [{ name: dataset, logicalType: 'object', physicalType: 'table', properties }],
  };
}

function inferColumns({ format, text, complete, footer }: Sniffed): ContractColumn[] {
  if (footer) return describeColumns(footer.columns);
  if (format.type === 'csv') return describeProfiles(profileDelimited(text, format, complete), complete);
  if (format.type === 'json') return describeProfiles(profileJson(text, format.layout, complete), complete);
  if (format.type !== 'combined-log') return [];
  return describeColumns(
    combinedLogColumns.map(({ name, type, required }) => ({ physicalName: name, physicalType: type, required })),
  );
}

type Profiles = Map<string, ColumnProfile>;

function profileDelimited(text: string, format: Extract<FileFormat, { type: 'csv' }>, complete: boolean): Profiles {
  const profiles = format.header.map(() => new ColumnProfile());
  const reader = openRows(text, format, complete);
  while (reader.next()) {
    if (reader.count !== profiles.length) continue;
    for (let field = 0; field < profiles.length; field++) {
      let start = reader.start(field);
      let end = reader.end(field);
      while (start < end && text.charCodeAt(start) <= 0x20) start++;
      while (start < end && text.charCodeAt(end - 1) <= 0x20) end--;
      profiles[field]?.addField(text, start, end);
    }
  }
  return new Map(format.header.map((name, field) => [name.trim(), profiles[field] ?? new ColumnProfile()]));
}

function profileJson(text: string, layout: 'array' | 'lines', complete: boolean): Profiles {
  const profiles: Profiles = new Map();
  let rows = 0;
  readJson(text, { layout, complete }, (record, row) => {
    rows = row;
    for (const [name, value] of Object.entries(record)) {
      const profile = profiles.get(name) ?? new ColumnProfile();
      profiles.set(name, profile);
      profile.addJson(value);
    }
    return true;
  });
  for (const profile of profiles.values()) profile.emptyValues = rows - profile.values;
  return profiles;
}

/** That a column is never empty is claimed only of a file that was read to its end: later rows would break the claim. */
function describeProfiles(profiles: Profiles, complete: boolean): ContractColumn[] {
  return describeColumns(
    [...profiles].map(([physicalName, { physicalType, values, emptyValues }]) => ({
      physicalName,
      physicalType,
      required: complete && values > 0 && emptyValues === 0,
    })),
  );
}

function describeColumns(
  columns: Pick<ContractColumn, 'physicalName' | 'physicalType' | 'required'>[],
): ContractColumn[] {
  const names = columnNames(columns.map((column) => column.physicalName));
  return columns.map(({ physicalName, physicalType, required }, index) => ({
    name: names[index] ?? physicalName,
    physicalName,
    logicalType: describeType(physicalType).logicalType,
    physicalType,
    required,
  }));
}
