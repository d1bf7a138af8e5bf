import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { SeenCall } from '../../recorder.ts';
import { Recording, type RecordingParts } from './recording.ts';
import { shownParameters } from './records/parameters.ts';
import { DEFAULT_SELECTION } from './selectors.ts';

const principal = { type: 'Root', arn: 'arn:aws:iam::1:root', accountId: '1', userId: '1' } as const;

function call(operation: string): SeenCall {
  const asked = { operation, input: { Name: operation } };
  return { atMs: 0, principal, requestId: operation, sourceIp: '127.0.0.1', service: 'glue', asked };
}

/** A recording whose disk is full while `disk.isFull`. */
function recordingOn(disk: { isFull: boolean }) {
  const kept: string[] = [];
  const trail = { name: 't', isLogging: true, selection: DEFAULT_SELECTION };
  const commit = async (work: () => void) => {
    if (disk.isFull) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    work();
  };
  const parts = {
    ctx: { region: 'eu-west-3', account: '1', newId: () => 'id', clock: () => 0, state: { commit } },
    trails: { list: () => [trail] },
    spool: { append: (_name: string, packed: Uint8Array) => kept.push(...gunzipSync(packed).toString().split('\n')) },
    history: { append: () => undefined },
    roleArnOf: () => undefined,
  };
  const names = () => kept.map((line) => JSON.parse(line).eventName as string);
  return { recording: new Recording(parts as unknown as RecordingParts), names };
}

it('keeps what a full disk does not take, in its order, until it does', async () => {
  const disk = { isFull: true };
  const { recording, names } = recordingOn(disk);
  recording.push(call('GetTable'));
  await expect(recording.flush()).rejects.toThrow('no space left');
  recording.push(call('GetDatabase'));
  await expect(recording.flush()).rejects.toThrow('no space left');
  expect(recording.isIdle).toBe(false);
  disk.isFull = false;
  await recording.flush();
  expect(names()).toEqual(['GetTable', 'GetDatabase']);
  expect(recording.isIdle).toBe(true);
});

it('shows names and hides what is secret, at any depth', () => {
  const shown = shownParameters({
    Name: 'n',
    QueryString: 'SELECT secret',
    TableInput: { Parameters: { Kept: 'as it is' }, StorageDescriptor: { Location: 's3://b/k' } },
    Connection: { Password: 'p', Url: 'jdbc:postgresql://ada:hunter2@host/db', SecretAccessKey: 's' },
    Environment: { Variables: { TOKEN: 't' } },
    Source: 'https://b.s3.amazonaws.com/k?X-Amz-Signature=deadbeef&X-Amz-Security-Token=tok&versionId=1',
  });
  expect(shown).toEqual({
    name: 'n',
    queryString: '***OMITTED***',
    tableInput: { parameters: { Kept: 'as it is' }, storageDescriptor: { location: 's3://b/k' } },
    connection: { url: 'jdbc:postgresql://ada:@host/db' },
    environment: 'HIDDEN_DUE_TO_SECURITY_REASONS',
    source: 'https://b.s3.amazonaws.com/k?X-Amz-Signature=&X-Amz-Security-Token=&versionId=1',
  });
});

it('shows nothing of an input that is too large, and says so', () => {
  const Columns = Array.from({ length: 90 }, () => ({ Comment: 'c'.repeat(1000) }));
  expect(shownParameters({ Columns })).toEqual({ omitted: true, reason: 'requestParameters too large' });
});
