/** Which fields each type of state may have, in which query language, and what may be in them. */

import { choices } from './check-choice.ts';
import {
  anything,
  type FieldCheck,
  integer,
  objectTemplate,
  oneOf,
  path,
  pathOrIntrinsic,
  pathOrNull,
  referencePathOrNull,
  template,
  text,
  textOrExpression,
  timestamp,
  truth,
} from './check-fields.ts';
import { branches, mapProcessor, resource } from './check-nested.ts';
import { catchers, retriers } from './check-recovery.ts';
import type { QueryLanguage, StateType } from './definition.ts';

export interface FieldRule {
  check: FieldCheck;
  only?: QueryLanguage;
  isRequired?: boolean;
}

const any = (check: FieldCheck): FieldRule => ({ check });
const required = (check: FieldCheck): FieldRule => ({ check, isRequired: true });
const jsonPath = (check: FieldCheck): FieldRule => ({ check, only: 'JSONPath' });
const jsonata = (check: FieldCheck): FieldRule => ({ check, only: 'JSONata' });

const ALL = { Type: any(text), Comment: any(text), QueryLanguage: any(oneOf('JSONPath', 'JSONata')) };
const TRANSITION = { Next: any(text), End: any(truth) };
const IN_OUT = { InputPath: jsonPath(pathOrNull), OutputPath: jsonPath(pathOrNull), Output: jsonata(template) };
const ASSIGN = { Assign: any(objectTemplate) };
const RESULT = { ResultSelector: jsonPath(template), ResultPath: jsonPath(referencePathOrNull) };
const RECOVERY = { Retry: any(retriers), Catch: any(catchers) };
const ARGUMENTS = { Parameters: jsonPath(template), Arguments: jsonata(template) };

export const STATE_FIELDS: Record<StateType, Record<string, FieldRule>> = {
  Task: {
    ...ALL,
    ...TRANSITION,
    ...IN_OUT,
    ...ASSIGN,
    ...ARGUMENTS,
    ...RESULT,
    ...RECOVERY,
    Resource: required(resource),
    TimeoutSeconds: any(integer(1)),
    TimeoutSecondsPath: jsonPath(path),
    HeartbeatSeconds: any(integer(1)),
    HeartbeatSecondsPath: jsonPath(path),
    Credentials: any(anything),
  },
  Pass: {
    ...ALL,
    ...TRANSITION,
    ...IN_OUT,
    ...ASSIGN,
    ResultPath: RESULT.ResultPath,
    Parameters: jsonPath(template),
    Result: jsonPath(anything),
  },
  Choice: { ...ALL, ...IN_OUT, ...ASSIGN, Choices: required(choices), Default: any(text) },
  Wait: {
    ...ALL,
    ...TRANSITION,
    ...IN_OUT,
    ...ASSIGN,
    Seconds: any(integer(0)),
    SecondsPath: jsonPath(path),
    Timestamp: any(timestamp),
    TimestampPath: jsonPath(path),
  },
  Succeed: { ...ALL, ...IN_OUT },
  Fail: {
    ...ALL,
    Error: any(textOrExpression),
    ErrorPath: jsonPath(pathOrIntrinsic),
    Cause: any(textOrExpression),
    CausePath: jsonPath(pathOrIntrinsic),
  },
  Parallel: {
    ...ALL,
    ...TRANSITION,
    ...IN_OUT,
    ...ASSIGN,
    ...ARGUMENTS,
    ...RESULT,
    ...RECOVERY,
    Branches: required(branches),
  },
  Map: {
    ...ALL,
    ...TRANSITION,
    ...IN_OUT,
    ...ASSIGN,
    ...RESULT,
    ...RECOVERY,
    Parameters: jsonPath(template),
    ItemProcessor: any(mapProcessor),
    Iterator: any(mapProcessor),
    ItemsPath: jsonPath(path),
    Items: jsonata(template),
    ItemSelector: any(template),
    MaxConcurrency: any(integer(0)),
    MaxConcurrencyPath: jsonPath(path),
    ToleratedFailureCount: any(integer(0)),
    ToleratedFailurePercentage: any(integer(0, 100)),
    Label: any(text),
  },
};

/** Fields of which a state may have at most one. */
export const EXCLUSIVE: Partial<Record<StateType, string[][]>> = {
  Task: [
    ['TimeoutSeconds', 'TimeoutSecondsPath'],
    ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
  ],
  Fail: [
    ['Error', 'ErrorPath'],
    ['Cause', 'CausePath'],
  ],
  Map: [
    ['MaxConcurrency', 'MaxConcurrencyPath'],
    ['ItemSelector', 'Parameters'],
  ],
};

/** Fields of which a state must have exactly one. */
export const ONE_OF: Partial<Record<StateType, string[][]>> = {
  Wait: [['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath']],
  Map: [['ItemProcessor', 'Iterator']],
};
