/** Classifiers through the SDK. */
import {
  type Classifier,
  CreateClassifierCommand,
  type CreateClassifierCommandInput,
  DeleteClassifierCommand,
  GetClassifierCommand,
  GetClassifiersCommand,
  GlueClient,
  UpdateClassifierCommand,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';

let lake: TestLake;
let glue: GlueClient;
beforeAll(async () => {
  lake = await startTestLake({ services: ['glue'] });
  glue = new GlueClient({ ...lake.clientConfig, maxAttempts: 1 });
});
afterAll(async () => {
  glue.destroy();
  await lake.close();
});

const create = (input: CreateClassifierCommandInput) => glue.send(new CreateClassifierCommand(input));
const get = async (Name: string) => (await glue.send(new GetClassifierCommand({ Name }))).Classifier as Classifier;
const fails = (request: Promise<unknown>, name: string, message: string) =>
  expect(request).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
const kept = { CreationTime: expect.any(Date), LastUpdated: expect.any(Date), Version: 1 };

const kinds: CreateClassifierCommandInput[] = [
  {
    GrokClassifier: {
      Name: 'a-log',
      Classification: 'app',
      GrokPattern: '%{ID:id} %{WORD:w}',
      CustomPatterns: 'ID \\d+',
    },
  },
  { XMLClassifier: { Name: 'b-xml', Classification: 'order', RowTag: 'order' } },
  { JsonClassifier: { Name: 'c-json', JsonPath: '$.records[*]' } },
  {
    CsvClassifier: {
      Name: 'd-csv',
      Delimiter: ';',
      QuoteSymbol: "'",
      ContainsHeader: 'PRESENT',
      Header: ['id', 'name'],
      DisableValueTrimming: true,
      AllowSingleColumn: false,
      CustomDatatypeConfigured: true,
      CustomDatatypes: ['BIGINT', 'STRING'],
      Serde: 'OpenCSVSerDe',
    },
  },
];

test('each kind comes back as it was made, and is listed page by page', async () => {
  for (const input of kinds) await create(input);
  for (const input of kinds) {
    const [[kind = '', definition] = []] = Object.entries(input);
    expect(await get(definition.Name)).toEqual({ [kind]: { ...definition, ...kept } });
  }
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await glue.send(new GetClassifiersCommand({ MaxResults: 3, NextToken }));
    names.push(...(page.Classifiers ?? []).flatMap((one) => Object.values(one).map(({ Name }) => Name)));
    NextToken = page.NextToken;
  } while (NextToken);
  expect(names).toEqual(['a-log', 'b-xml', 'c-json', 'd-csv']);
});

test('an update changes what it names, and counts', async () => {
  await create({ CsvClassifier: { Name: 'u', Delimiter: '|', Header: ['a'] } });
  await glue.send(new UpdateClassifierCommand({ CsvClassifier: { Name: 'u', ContainsHeader: 'ABSENT' } }));
  expect((await get('u')).CsvClassifier).toMatchObject({
    Delimiter: '|',
    Header: ['a'],
    ContainsHeader: 'ABSENT',
    Version: 2,
  });
  await fails(
    glue.send(new UpdateClassifierCommand({ XMLClassifier: { Name: 'u', RowTag: 'r' } })),
    'InvalidInputException',
    'u is a CsvClassifier, not a XMLClassifier',
  );
  await fails(
    glue.send(new UpdateClassifierCommand({ CsvClassifier: { Name: 'u', QuoteSymbol: '|' } })),
    'InvalidInputException',
    'must not be the same',
  );
});

test('what cannot be one is refused', async () => {
  await fails(create({}), 'InvalidInputException', 'exactly one kind');
  await fails(create({ ...kinds[0], ...kinds[1] }), 'InvalidInputException', 'exactly one kind');
  await fails(
    create({ CsvClassifier: { Name: 'x', Delimiter: '"' } }),
    'InvalidInputException',
    'must not be the same',
  );
  await fails(create({ CsvClassifier: { Name: 'x', Delimiter: ';;' } }), 'InvalidInputException', 'Delimiter');
  await fails(create({ CsvClassifier: { Name: 'x', Header: ['a', 'a'] } }), 'InvalidInputException', 'column a twice');
  await fails(create({ JsonClassifier: { Name: 'x', JsonPath: 'a.b' } }), 'InvalidInputException', 'begins with $');
  await fails(
    create({ GrokClassifier: { Name: 'x', Classification: 'c', GrokPattern: '' } }),
    'InvalidInputException',
    'GrokPattern',
  );
  await create({ JsonClassifier: { Name: 'twice', JsonPath: '$' } });
  await fails(create({ XMLClassifier: { Name: 'twice', Classification: 'c' } }), 'AlreadyExistsException', 'twice');
  await glue.send(new DeleteClassifierCommand({ Name: 'twice' }));
  await fails(
    glue.send(new DeleteClassifierCommand({ Name: 'twice' })),
    'EntityNotFoundException',
    'Classifier entry with name twice does not exist',
  );
});
