/** Ready code for one request, in the languages that people of data use. `url` is whole; the token is never in it. */
export const snippetLanguages = ['curl', 'Python', 'JavaScript', 'R'] as const;
export type SnippetLanguage = (typeof snippetLanguages)[number];

export interface SnippetRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  /** JSON. */
  body?: string;
}

export function snippet(language: SnippetLanguage, request: SnippetRequest): string {
  return writers[language](request);
}

const quoted = (text: string) => JSON.stringify(text);
/** For a POSIX shell: nothing within single quotes is read but the quote itself. */
const shell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

const writers: Record<SnippetLanguage, (request: SnippetRequest) => string> = {
  curl: ({ method, url, body }) =>
    [
      `curl${method === 'GET' ? '' : ` -X ${method}`} ${shell(url)}`,
      '-H "Authorization: Bearer $LACUSTRE_TOKEN"',
      ...(body ? [`-H 'Content-Type: application/json'`, `-d ${shell(body)}`] : []),
    ].join(' \\\n  '),
  Python: ({ method, url, body }) =>
    [
      'import os, requests',
      '',
      `answer = requests.${method.toLowerCase()}(`,
      `    ${quoted(url)},`,
      '    headers={"Authorization": f"Bearer {os.environ[\'LACUSTRE_TOKEN\']}"},',
      ...(body ? [`    json=${body},`] : []),
      ')',
      'answer.raise_for_status()',
      method === 'DELETE' ? '' : 'print(answer.json())',
    ]
      .join('\n')
      .trimEnd(),
  JavaScript: ({ method, url, body }) =>
    [
      `const answer = await fetch(${quoted(url)}, {`,
      ...(method === 'GET' ? [] : [`  method: '${method}',`]),
      `  headers: { authorization: \`Bearer \${process.env.LACUSTRE_TOKEN}\`${body ? ", 'content-type': 'application/json'" : ''} },`,
      ...(body ? [`  body: ${quoted(body)},`] : []),
      '});',
      'if (!answer.ok) throw new Error((await answer.json()).detail);',
      ...(method === 'DELETE' ? [] : ['console.log(await answer.json());']),
    ].join('\n'),
  R: ({ method, url, body }) =>
    [
      'library(httr2)',
      '',
      `answer <- request(${quoted(url)}) |>`,
      ...(method === 'GET' ? [] : [`  req_method("${method}") |>`]),
      '  req_auth_bearer_token(Sys.getenv("LACUSTRE_TOKEN")) |>',
      ...(body ? [`  req_body_raw(${quoted(body)}, type = "application/json") |>`] : []),
      '  req_perform()',
      ...(method === 'DELETE' ? [] : ['resp_body_json(answer)']),
    ].join('\n'),
};
