import { describe, expect, it } from 'vitest';
import { collectHydratedLines, type HydratedLine, parseHydratedLine } from './hydrated-line.ts';

const UNIT = {
  type: 'unit',
  unit: 'podinfo',
  kind: 'Application',
  team: 'demo',
  environment: 'dev',
  cluster: 'dev',
  files: { 'delivery/podinfo.yaml': 'a', 'units/podinfo/deployment-podinfo.yaml': 'b' },
} as const;
const done = (units: number) => ({ type: 'done', units }) as const;
const parse = (value: unknown) => parseHydratedLine(JSON.stringify(value));
const withFiles = (...paths: string[]) => ({
  ...UNIT,
  files: Object.fromEntries(paths.map((path) => [path, ''])),
});

describe('a line of a hydrating process', () => {
  it('is taken when it says what it may', () => {
    expect(parse(UNIT)).toEqual(UNIT);
    expect(parse(done(3))).toEqual(done(3));
  });

  const hostile: readonly (readonly [string, unknown])[] = [
    ['is not JSON', undefined],
    ['is of a kind that there is not', { type: 'shell', run: 'id' }],
    ['is an array', [UNIT]],
    ['names a unit that is a path', { ...UNIT, unit: '../podinfo' }],
    ['names a unit that is an option', { ...UNIT, unit: '-rf' }],
    ['names a unit that is a prototype', { ...UNIT, unit: '__proto__' }],
    ['names a cluster with a line break', { ...UNIT, cluster: 'dev\nprod' }],
    ['names an environment that is a ref', { ...UNIT, environment: 'refs/heads/main' }],
    ['names no environment', { ...UNIT, environment: '' }],
    ["writes another unit's delivery", withFiles('delivery/checkout.yaml')],
    ["writes into another unit's folder", withFiles('units/checkout/x.yaml')],
    ['writes into a folder that only begins like its own', withFiles('units/podinfo2/x.yaml')],
    ['writes a record of the promoter', withFiles('.drydock/podinfo.json')],
    ['writes beside its folder', withFiles('units/podinfo')],
    ['climbs out of its folder', withFiles('units/podinfo/../checkout/x.yaml')],
    ['writes an absolute path', withFiles('/units/podinfo/x.yaml')],
    ['writes a hidden file', withFiles('units/podinfo/.gitattributes')],
    ["writes git's own folder", withFiles('units/podinfo/.git/config')],
    ['writes an empty name', withFiles('units/podinfo//x.yaml')],
    ['writes a name that ends in a slash', withFiles('units/podinfo/x/')],
    ['writes a path with a backslash', withFiles('units/podinfo/..\\x')],
    ['writes a path with a NUL', withFiles('units/podinfo/x\0.yaml')],
    ['writes a very long path', withFiles(`units/podinfo/${'x'.repeat(600)}`)],
    ['writes one path as a file and as a folder', withFiles('units/podinfo/a', 'units/podinfo/a/b/c')],
    ['writes bytes that are no text', { ...UNIT, files: { 'units/podinfo/x.yaml': 1 } }],
    ['reports no problem as a problem', { type: 'problems', problems: [] }],
  ];
  it.each(hostile)('is refused when it %s', (_title, value) => {
    expect(() => (value === undefined ? parseHydratedLine('hello') : parse(value))).toThrow(
      expect.objectContaining({ name: 'HydrationError' }),
    );
  });
});

describe('the lines together', () => {
  const collect =
    (...lines: readonly HydratedLine[]) =>
    () =>
      collectHydratedLines(lines);

  it('make a fleet', () => {
    const fleet = { type: 'fleet', files: { 'projects/demo.yaml': 'x' } } as const;
    expect(collect(UNIT, fleet, done(1))()).toMatchObject({ units: [UNIT], fleetFiles: fleet.files });
  });

  it('are refused without the last one, with another after it, and when some were lost', () => {
    for (const lines of [[UNIT], [done(0), UNIT], [UNIT, done(2)]]) {
      expect(collect(...lines)).toThrow('ended before everything was written');
    }
  });

  it('are refused when two of them speak of the same unit on the same cluster', () => {
    expect(collect(UNIT, { ...UNIT, environment: 'prod' }, done(2))).toThrow('podinfo on dev');
  });

  it('are refused with every problem that was found', () => {
    const problems = [{ file: 'a.yaml', message: 'expected …' }];
    expect(collect({ type: 'problems', problems })).toThrow(expect.objectContaining({ problems }));
  });
});
