/** Ready code for one request, in the languages that people of data use. `url` is whole; the token is never in it. */
export const snippetLanguages = ['curl', 'Python', 'JavaScript', 'R', 'Power BI'] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];

export interface SnippetRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  /** JSON. */
  body?: string;
  /** The format that is wanted; JSON, if it is not given. */
  accept?: string;
}

export function snippet(language: SnippetLanguage, request: SnippetRequest): string {
  return writers[language](request);
}

const CSV = 'text/csv';
const NDJSON = 'application/x-ndjson';
const ARROW = 'application/vnd.apache.arrow.stream';
const PARQUET = 'application/vnd.apache.parquet';
const FILE_NAMES: Record<string, string> = { [ARROW]: 'rows.arrows', [PARQUET]: 'rows.parquet' };

const quoted = (text: string) => JSON.stringify(text);
/** For a POSIX shell: nothing within single quotes is read but the quote itself. */
const shell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
/** For M, in which a quote is doubled and `#(` begins an escape. */
const m = (text: string) => `"${text.replaceAll('"', '""').replaceAll('#(', '#(#)(')}"`;

const writers: Record<SnippetLanguage, (request: SnippetRequest) => string> = {
  curl: ({ method, url, body, accept = '' }) =>
    [
      `curl${method === 'GET' ? '' : ` -X ${method}`} ${shell(url)}`,
      '-H "Authorization: Bearer $LACUSTRE_TOKEN"',
      ...(accept ? [`-H ${shell(`Accept: ${accept}`)}`] : []),
      ...(body ? [`-H 'Content-Type: application/json'`, `-d ${shell(body)}`] : []),
      ...(FILE_NAMES[accept] ? [`-o ${FILE_NAMES[accept]}`] : []),
    ].join(' \\\n  '),
  Python: (request) => pythonLines(request).join('\n').trimEnd(),
  JavaScript: ({ method, url, body, accept = '' }) => {
    const headers = [
      'authorization: `Bearer ${process.env.LACUSTRE_TOKEN}`',
      ...(accept ? [`accept: '${accept}'`] : []),
      ...(body ? ["'content-type': 'application/json'"] : []),
    ];
    return [
      `const answer = await fetch(${quoted(url)}, {`,
      ...(method === 'GET' ? [] : [`  method: '${method}',`]),
      `  headers: { ${headers.join(', ')} },`,
      ...(body ? [`  body: ${quoted(body)},`] : []),
      '});',
      'if (!answer.ok) throw new Error((await answer.json()).detail);',
      ...(method === 'DELETE' ? [] : [`console.log(await answer.${javaScriptBody(accept)});`]),
    ].join('\n');
  },
  R: ({ method, url, body, accept = '' }) =>
    [
      'library(httr2)',
      '',
      `answer <- request(${quoted(url)}) |>`,
      ...(method === 'GET' ? [] : [`  req_method("${method}") |>`]),
      '  req_auth_bearer_token(Sys.getenv("LACUSTRE_TOKEN")) |>',
      ...(accept ? [`  req_headers(Accept = ${quoted(accept)}) |>`] : []),
      ...(body ? [`  req_body_raw(${quoted(body)}, type = "application/json") |>`] : []),
      '  req_perform()',
      ...(method === 'DELETE' ? [] : [rBody(accept)]),
    ].join('\n'),
  // Web.Contents takes no method: what has content is a POST.
  'Power BI': ({ url, body, accept = '' }) =>
    [
      '// LACUSTRE_TOKEN is a parameter of the report, of type Text.',
      'let',
      `  Source = Web.Contents(${m(url)}, [`,
      `    Headers = [Authorization = "Bearer " & LACUSTRE_TOKEN${accept ? `, Accept = ${m(accept)}` : ''}${body ? ', #"Content-Type" = "application/json"' : ''}]${body ? ',' : ''}`,
      ...(body ? [`    Content = Text.ToBinary(${m(body)})`] : []),
      '  ]),',
      `  Rows = ${mBody(accept)}`,
      'in',
      '  Rows',
    ].join('\n'),
};

function pythonLines({ method, url, body, accept = '' }: SnippetRequest): string[] {
  const [imports, shown] = python[accept] ?? [[], 'answer.json()'];
  return [
    ['import os, requests', ...imports].join('\n'),
    '',
    `answer = requests.${method.toLowerCase()}(`,
    `    ${quoted(url)},`,
    `    headers={"Authorization": f"Bearer {os.environ['LACUSTRE_TOKEN']}"${accept ? `, "Accept": ${quoted(accept)}` : ''}},`,
    ...(body ? [`    json=${body},`] : []),
    ')',
    'answer.raise_for_status()',
    method === 'DELETE' ? '' : `print(${shown})`,
  ];
}

/** What is imported for a format, and how its rows are read. */
const python: Record<string, [imports: string[], rows: string]> = {
  [CSV]: [['import io, pandas as pd'], 'pd.read_csv(io.BytesIO(answer.content))'],
  [NDJSON]: [['import io, pandas as pd'], 'pd.read_json(io.BytesIO(answer.content), lines=True)'],
  [PARQUET]: [['import io, pandas as pd'], 'pd.read_parquet(io.BytesIO(answer.content))'],
  [ARROW]: [['import pyarrow as pa'], 'pa.ipc.open_stream(answer.content).read_pandas()'],
};

function javaScriptBody(accept: string): string {
  if (FILE_NAMES[accept]) return 'bytes()';
  return accept === CSV || accept === NDJSON ? 'text()' : 'json()';
}

function rBody(accept: string): string {
  if (accept === CSV) return 'read.csv(text = resp_body_string(answer))';
  if (accept === NDJSON) return 'jsonlite::stream_in(textConnection(resp_body_string(answer)))';
  if (accept === ARROW) return 'arrow::read_ipc_stream(resp_body_raw(answer))';
  return accept === PARQUET ? 'arrow::read_parquet(resp_body_raw(answer))' : 'resp_body_json(answer)';
}

function mBody(accept: string): string {
  if (accept === CSV) return 'Table.PromoteHeaders(Csv.Document(Source))';
  return accept === PARQUET ? 'Parquet.Document(Source)' : 'Json.Document(Source)';
}
