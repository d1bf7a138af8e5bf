/**
 * Rules about the table's files, as far as SQL sees them: their paths, sizes, times and rows. Files that the table does not
 * read, and the bytes of those it reads, are out of its sight.
 */
import { seriesOf } from './history.ts';
import { type Check, failed, type Judgement, judgeNumber, judgeRows, type RuleContext } from './judgement.ts';
import { momentOf } from './moment-value.ts';
import { RuleError } from './rule-error.ts';
import { type Condition, type SimpleRule, type SizeUnit, thresholdOf, type Value } from './ruleset.ts';
import { quoteName } from './sql-text.ts';

interface File {
  path: string;
  sizeBytes: number;
  modifiedAt: number;
  /** Equal for files with equal rows, in whatever order. */
  content: string;
}

const POWERS: Record<SizeUnit, number> = { B: 0, KB: 1, MB: 2, GB: 3, TB: 4 };

export function fileCheck(rule: SimpleRule, paths: string[], context: RuleContext): Check {
  if (rule.type === 'FileMatch' && rule.condition)
    throw new RuleError('checksumsUnseen', 'SQL does not see the bytes of a file: its checksum cannot be compared', {});
  const needsContent = rule.type === 'FileMatch' || rule.type === 'FileUniqueness';
  const names = context.columns.map(({ name }) => quoteName(name)).join(', ');
  const listed = context.statements.files(needsContent ? [`checksum(ROW(${names}))`] : []);
  return (readings) => {
    const files = readings.rows(listed).map(toFile);
    return judgeFiles(rule, paths, context, files);
  };
}

function toFile([path, size, modified, rows, content]: (string | null)[]): File {
  return {
    path: path ?? '',
    sizeBytes: Number(size),
    modifiedAt: Date.parse((modified ?? '').replace(' UTC', 'Z').replace(' ', 'T')),
    content: `${rows} ${content ?? ''}`,
  };
}

function judgeFiles(rule: SimpleRule, [first, second]: string[], context: RuleContext, all: File[]): Judgement {
  const files = chosen(rule, below(all, first));
  const FileCount = { 'Dataset.*.FileCount': files.length };
  if (rule.type === 'FileMatch') return matchFolders(files, below(all, second), FileCount);
  if (rule.type === 'FileUniqueness') return uniqueFiles(rule, files, context, FileCount);
  const isFresh = rule.type === 'FileFreshness';
  const passing = files.filter((file) => (isFresh ? isTimely(rule, file, context) : isSized(rule, file))).length;
  const metric = `Dataset.*.${rule.type}.Compliance`;
  const sizes = files.map(({ sizeBytes }) => sizeBytes);
  const others = isFresh
    ? FileCount
    : {
        ...FileCount,
        'Dataset.*.MaximumFileSize': Math.max(...sizes),
        'Dataset.*.MinimumFileSize': Math.min(...sizes),
      };
  const counts = { passing, checked: files.length, total: files.length };
  const judged = judgeRows(metric, counts, thresholdOf(rule), [], others);
  const { failingRows: _failing, checkedRows: _checked, ...rest } = judged;
  if (rest.code !== 'rows') return rest;
  const values = { failing: files.length - passing, checked: files.length };
  return { ...rest, code: 'files', message: `${values.failing} of ${values.checked} files break the rule`, values };
}

/** The files of the table below a path; without one, all. */
function below(files: File[], path: string | undefined): File[] {
  const prefix = path?.replace(/^s3:/i, 's3:');
  const found = prefix === undefined ? files : files.filter((file) => file.path.startsWith(prefix));
  if (found.length > 0) return found;
  throw new RuleError('filesUnseen', `the table reads no file${path ? ` below ${path}` : ''}, and SQL sees no others`, {
    path: path ?? '',
  });
}

/** `with recentFiles = 1`, `with uriRegex = "\.csv$"` */
function chosen(rule: SimpleRule, files: File[]): File[] {
  let left = files;
  for (const { name, condition } of rule.tags) {
    const value = condition.op === '=' ? condition.value : undefined;
    if (name === 'uriRegex' && value?.kind === 'text') {
      const pattern = readPattern(value.value);
      left = left.filter(({ path }) => pattern.test(path));
    }
    if (name === 'recentFiles' && value && (value.kind === 'number' || value.kind === 'text'))
      left = left
        .toSorted((a, b) => b.modifiedAt - a.modifiedAt)
        .slice(0, Number(value.kind === 'number' ? value.text : value.value));
  }
  if (left.length === 0) throw new RuleError('filesUnseen', 'no file of the table is left to look at', { path: '' });
  return left;
}

function readPattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw new RuleError('invalidPattern', `this is no regular expression: ${pattern}`, { pattern });
  }
}

function isTimely(rule: SimpleRule, file: File, { now }: RuleContext): boolean {
  const zone = rule.tags.find(({ name }) => name === 'timeZone')?.condition;
  const timeZone = zone?.op === '=' && zone.value.kind === 'text' ? zone.value.value : 'UTC';
  return holds(file.modifiedAt, rule.condition as Condition, (value) => momentOf(value, now, timeZone).getTime());
}

const isSized = (rule: SimpleRule, file: File) => holds(file.sizeBytes, rule.condition as Condition, sizeOf);

function sizeOf(value: Value): number {
  if (value.kind === 'size') return value.amount * 1024 ** POWERS[value.unit];
  if (value.kind === 'number') return Number(value.text);
  throw new RuleError('notASize', 'expected a size such as 5 MB', {});
}

function holds(measured: number, condition: Condition, numberOf: (value: Value) => number): boolean {
  switch (condition.op) {
    case 'between':
      return (measured > numberOf(condition.low) && measured < numberOf(condition.high)) !== condition.negated;
    case 'in': {
      const values = Array.isArray(condition.values) ? condition.values : [];
      return values.some((value) => measured === numberOf(value)) !== condition.negated;
    }
    case 'matches':
      return false;
    case '=':
      return measured === numberOf(condition.value);
    case '!=':
      return measured !== numberOf(condition.value);
    case '>':
      return measured > numberOf(condition.value);
    case '>=':
      return measured >= numberOf(condition.value);
    case '<':
      return measured < numberOf(condition.value);
    case '<=':
      return measured <= numberOf(condition.value);
  }
}

function uniqueFiles(
  rule: SimpleRule,
  files: File[],
  { history }: RuleContext,
  FileCount: Record<string, number>,
): Judgement {
  const metric = 'Dataset.*.FileUniquenessRatio';
  const sharing = Map.groupBy(files, ({ content }) => content);
  const ratio = files.filter(({ content }) => sharing.get(content)?.length === 1).length / files.length;
  const past = seriesOf(history, metric).map(({ value }) => value);
  const judged = judgeNumber(metric, ratio, rule.condition as Condition, past, { ...FileCount, [metric]: ratio });
  if (judged.code !== 'notMet') return judged;
  const same = [...sharing.values()].find((twins) => twins.length > 1)?.map(({ path }) => path) ?? [];
  const message = `${judged.message}; the same rows are in ${same.join(' and ')}`;
  return { ...judged, code: 'sameFiles', message, values: { ...judged.values, files: same.join(', ') } };
}

/** Each file of one folder has its like in the other, and the other way round. */
function matchFolders(left: File[], right: File[], FileCount: Record<string, number>): Judgement {
  const alone = (files: File[], others: File[]) =>
    files.filter(({ content }) => !others.some((other) => other.content === content));
  const odd = [...alone(left, right), ...alone(right, left)].map(({ path }) => path);
  if (odd.length === 0) return { result: 'PASS', metrics: FileCount };
  const message = `these files have no like on the other side: ${odd.slice(0, 5).join(', ')}`;
  return failed('filesDiffer', message, { files: odd.slice(0, 5).join(', '), count: odd.length }, FileCount);
}
