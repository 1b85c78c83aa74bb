import { badRequest, invalid, type StatusCause, type StatusError } from '../model/status-error.ts';

/** The query of a list or watch, https://kubernetes.io/docs/reference/using-api/api-concepts/ */
export interface ListOptions {
  readonly labelSelector: string;
  readonly fieldSelector: string;
  readonly limit: number | undefined;
  readonly continueToken: string;
  readonly resourceVersion: string;
  readonly resourceVersionMatch: string;
  readonly watch: boolean;
  readonly allowWatchBookmarks: boolean;
  readonly sendInitialEvents: boolean | undefined;
  readonly timeoutSeconds: number | undefined;
}

/** @throws StatusError 400 for values that cannot be read, 422 for those that do not go together */
export function parseListOptions(query: URLSearchParams): ListOptions {
  const options: ListOptions = {
    labelSelector: query.get('labelSelector') ?? '',
    fieldSelector: query.get('fieldSelector') ?? '',
    limit: count(query, 'limit'),
    continueToken: query.get('continue') ?? '',
    resourceVersion: query.get('resourceVersion') ?? '',
    resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
    watch: flag(query, 'watch') ?? false,
    allowWatchBookmarks: flag(query, 'allowWatchBookmarks') ?? false,
    sendInitialEvents: flag(query, 'sendInitialEvents'),
    timeoutSeconds: count(query, 'timeoutSeconds'),
  };
  const problems = optionProblems(options);
  if (problems.length > 0) throw refuse(problems);
  return options;
}

function optionProblems(options: ListOptions): readonly StatusCause[] {
  const { watch, sendInitialEvents, resourceVersion, resourceVersionMatch: match, continueToken } = options;
  const forbidden = (field: string, why: string) => ({
    reason: 'FieldValueForbidden',
    field,
    message: `Forbidden: ${why}`,
  });
  const problems: StatusCause[] = [];
  if (resourceVersion !== '' && !/^\d{1,19}$/.test(resourceVersion))
    problems.push({
      reason: 'FieldValueInvalid',
      field: 'resourceVersion',
      message: `Invalid value: ${JSON.stringify(resourceVersion)}: must be a decimal number`,
    });
  if (sendInitialEvents !== undefined && !watch)
    problems.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  if (sendInitialEvents !== undefined && match !== 'NotOlderThan')
    problems.push(
      forbidden(
        'resourceVersionMatch',
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    );
  if (watch && match !== '' && sendInitialEvents === undefined)
    problems.push(
      forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      ),
    );
  if (watch) return problems;
  if (match !== '' && match !== 'NotOlderThan' && match !== 'Exact')
    problems.push({
      reason: 'FieldValueNotSupported',
      field: 'resourceVersionMatch',
      message: `Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan", ""`,
    });
  if (match !== '' && resourceVersion === '')
    problems.push(
      forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden unless resourceVersion is provided',
      ),
    );
  if (match === 'Exact' && resourceVersion === '0')
    problems.push(
      forbidden('resourceVersionMatch', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'),
    );
  if (continueToken !== '' && resourceVersion !== '' && resourceVersion !== '0')
    problems.push(
      forbidden('resourceVersion', 'specifying resource version is not allowed when using continue'),
    );
  return problems;
}

function refuse(problems: readonly StatusCause[]): StatusError {
  return invalid({ group: 'meta.k8s.io', plural: 'listoptions', kind: 'ListOptions' }, '', problems);
}

function flag(query: URLSearchParams, name: string): boolean | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  return value !== 'false' && value !== '0';
}

function count(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  if (!/^\d{1,9}$/.test(value))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)} in ${name}: invalid syntax`);
  return Number(value);
}
