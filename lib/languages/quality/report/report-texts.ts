/** The words of the report: the page, the PDF and the scheduled function say the same. */
import type { EvaluationVerdict, Gate, RuleResult } from '../evaluation.ts';
import type { Dimension } from '../figures.ts';

export type ReportLocale = 'en' | 'fr';

type Point = readonly [score: string, day: string];

export interface ReportTexts {
  title: string;
  period: (from: string, to: string) => string;
  made: (at: string, zone: string) => string;
  page: (page: number, pages: number) => string;
  facts: Record<
    'score' | 'failing' | 'anomalies' | 'missing' | 'evaluations' | 'held' | 'incidents' | 'runs' | Dimension,
    string
  >;
  target: (target: string) => string;
  movement: (points: string) => string;
  noRules: string;
  ofRules: (rules: string) => string;
  ofCells: (missing: string, cells: string) => string;
  passing: (part: string, whole: string) => string;
  noRuleYet: string;
  unreadable: (count: string) => string;
  allReadable: string;
  quarantined: (count: string) => string;
  incidents: (opened: string, resolved: string) => string;
  runs: (failed: string, rejected: string) => string;
  runsCut: (failed: string, rejected: string) => string;
  trend: string;
  noTrend: string;
  /** What the chart shows: a score out of 100 with its day each. */
  trendTold: (first: Point, last: Point, lowest: Point, target: string) => string;
  tables: string;
  failingRules: string;
  nothingFails: string;
  noRulesYet: string;
  anomalies: string;
  noAnomalies: string;
  missing: string;
  nothingMissing: string;
  /** What a table leaves out. */
  more: (count: string) => string;
  columns: Record<
    | 'table'
    | 'score'
    | 'change'
    | 'verdict'
    | 'rules'
    | 'rows'
    | 'checked'
    | 'rule'
    | 'gate'
    | 'result'
    | 'failingRows'
    | 'since'
    | 'metric'
    | 'value'
    | 'expected'
    | 'at'
    | 'column'
    | 'missing'
    | 'share',
    string
  >;
  between: (lower: string, upper: string) => string;
  ofWhole: (part: string, whole: string) => string;
  never: string;
  verdicts: Record<EvaluationVerdict, string>;
  gates: Record<Gate, string>;
  results: Record<RuleResult, string>;
  /** Of the metrics that every evaluation has; others go by Glue's name. */
  metrics: Record<string, string>;
}

const en: ReportTexts = {
  title: 'Data quality report',
  period: (from, to) => `${from} to ${to}`,
  made: (at, zone) => `Made ${at} (${zone})`,
  page: (page, pages) => `Page ${page} of ${pages}`,
  facts: {
    score: 'Score of the lake',
    failing: 'Failing rules',
    anomalies: 'Anomalies detected',
    missing: 'Missing data',
    evaluations: 'Checks',
    held: 'Files held',
    incidents: 'Open incidents',
    runs: 'Runs ok',
    completeness: 'Completeness',
    validity: 'Validity',
    uniqueness: 'Uniqueness',
    freshness: 'Freshness',
  },
  target: (target) => `target ${target}`,
  movement: (points) => `${points} points in the period`,
  noRules: 'no table has a rule yet',
  ofRules: (rules) => `of ${rules}, at the last check`,
  ofCells: (missing, cells) => `${missing} of ${cells} cells are empty`,
  passing: (part, whole) => `${part} of ${whole} rules pass`,
  noRuleYet: 'no rule yet',
  unreadable: (count) => `${count} more could not be read and are left out`,
  allReadable: 'in the period',
  quarantined: (count) => `before publication; quarantined: ${count}`,
  incidents: (opened, resolved) => `opened: ${opened}, resolved: ${resolved} in the period`,
  runs: (failed, rejected) => `failed: ${failed}, rejected or held: ${rejected}`,
  runsCut: (failed, rejected) => `failed: ${failed}, rejected or held: ${rejected}, of the last 1,000`,
  trend: 'Score by day',
  noTrend: 'No score in the period.',
  trendTold: (first, last, lowest, target) =>
    `Score out of 100: ${first[0]} on ${first[1]}, ${last[0]} on ${last[1]}; lowest ${lowest[0]} on ${lowest[1]}; target ${target}.`,
  tables: 'Tables',
  failingRules: 'Failing rules',
  nothingFails: 'Every rule passed at the last check.',
  noRulesYet: 'No table has a rule yet.',
  anomalies: 'Anomalies detected',
  noAnomalies: 'No anomaly in the period.',
  missing: 'Missing data: columns with the most empty cells',
  nothingMissing: 'No cell is empty.',
  more: (count) => `${count} more are in the CSV.`,
  columns: {
    table: 'Table',
    score: 'Score',
    change: 'Change',
    verdict: 'Last check',
    rules: 'Rules failing',
    rows: 'Rows',
    checked: 'Checked',
    rule: 'Rule',
    gate: 'If it fails',
    result: 'Result',
    failingRows: 'Failing rows',
    since: 'Since',
    metric: 'Metric',
    value: 'Measured',
    expected: 'Expected',
    at: 'When',
    column: 'Column',
    missing: 'Empty cells',
    share: 'Share',
  },
  between: (lower, upper) => `${lower} to ${upper}`,
  ofWhole: (part, whole) => `${part} of ${whole}`,
  never: 'not checked yet',
  verdicts: { passed: 'passed', warned: 'warning', held: 'file held', quarantined: 'file quarantined' },
  gates: { warn: 'warns', block: 'blocks', quarantine: 'quarantines' },
  results: { PASS: 'passed', FAIL: 'failed', ERROR: 'could not be evaluated' },
  metrics: { RowCount: 'Rows', Completeness: 'Filled cells', DataFreshness: 'Age in hours', Schema: 'Columns' },
};

const fr: ReportTexts = {
  title: 'Rapport de qualité des données',
  period: (from, to) => `Du ${from} au ${to}`,
  made: (at, zone) => `Établi le ${at} (${zone})`,
  page: (page, pages) => `Page ${page} sur ${pages}`,
  facts: {
    score: 'Score du lac',
    failing: 'Règles en échec',
    anomalies: 'Anomalies détectées',
    missing: 'Données manquantes',
    evaluations: 'Contrôles',
    held: 'Fichiers retenus',
    incidents: 'Incidents ouverts',
    runs: 'Exécutions réussies',
    completeness: 'Complétude',
    validity: 'Validité',
    uniqueness: 'Unicité',
    freshness: 'Fraîcheur',
  },
  target: (target) => `objectif ${target}`,
  movement: (points) => `${points} points sur la période`,
  noRules: 'aucune table n’a encore de règle',
  ofRules: (rules) => `sur ${rules}, au dernier contrôle`,
  ofCells: (missing, cells) => `${missing} cellules vides sur ${cells}`,
  passing: (part, whole) => `règles respectées : ${part} sur ${whole}`,
  noRuleYet: 'pas encore de règle',
  unreadable: (count) => `${count} de plus, illisibles, n’ont pas été pris en compte`,
  allReadable: 'sur la période',
  quarantined: (count) => `avant publication ; en quarantaine : ${count}`,
  incidents: (opened, resolved) => `ouverts : ${opened}, résolus : ${resolved} sur la période`,
  runs: (failed, rejected) => `en échec : ${failed}, rejetées ou retenues : ${rejected}`,
  runsCut: (failed, rejected) => `en échec : ${failed}, rejetées ou retenues : ${rejected}, sur les 1 000 dernières`,
  trend: 'Score par jour',
  noTrend: 'Aucun score sur la période.',
  trendTold: (first, last, lowest, target) =>
    `Score sur 100 : ${first[0]} le ${first[1]}, ${last[0]} le ${last[1]} ; au plus bas ${lowest[0]} le ${lowest[1]} ; objectif ${target}.`,
  tables: 'Tables',
  failingRules: 'Règles en échec',
  nothingFails: 'Toutes les règles sont respectées au dernier contrôle.',
  noRulesYet: 'Aucune table n’a encore de règle.',
  anomalies: 'Anomalies détectées',
  noAnomalies: 'Aucune anomalie sur la période.',
  missing: 'Données manquantes : colonnes aux plus nombreuses cellules vides',
  nothingMissing: 'Aucune cellule n’est vide.',
  more: (count) => `${count} de plus dans le CSV.`,
  columns: {
    table: 'Table',
    score: 'Score',
    change: 'Évolution',
    verdict: 'Dernier contrôle',
    rules: 'Règles en échec',
    rows: 'Lignes',
    checked: 'Contrôlée',
    rule: 'Règle',
    gate: 'En cas d’échec',
    result: 'Résultat',
    failingRows: 'Lignes en échec',
    since: 'Depuis',
    metric: 'Mesure',
    value: 'Mesuré',
    expected: 'Attendu',
    at: 'Quand',
    column: 'Colonne',
    missing: 'Cellules vides',
    share: 'Part',
  },
  between: (lower, upper) => `${lower} à ${upper}`,
  ofWhole: (part, whole) => `${part} sur ${whole}`,
  never: 'pas encore contrôlée',
  verdicts: {
    passed: 'réussi',
    warned: 'avertissement',
    held: 'fichier retenu',
    quarantined: 'fichier en quarantaine',
  },
  gates: { warn: 'avertit', block: 'bloque', quarantine: 'met en quarantaine' },
  results: { PASS: 'respectée', FAIL: 'en échec', ERROR: 'non évaluable' },
  metrics: {
    RowCount: 'Lignes',
    Completeness: 'Cellules remplies',
    DataFreshness: 'Âge en heures',
    Schema: 'Colonnes',
  },
};

export const REPORT_TEXTS: Record<ReportLocale, ReportTexts> = { en, fr };
