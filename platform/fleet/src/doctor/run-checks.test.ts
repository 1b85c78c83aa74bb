import { UnavailableError } from '@drydock/model';
import { describe, expect, it } from 'vitest';
import type { Check } from './check.ts';
import { CHECKS } from './checks/index.ts';
import { doctorExitCode, type Finding, type Severity } from './finding.ts';
import { formatDoctorReport } from './format-report.ts';
import { runChecks } from './run-checks.ts';
import { doctorContext } from './test-context.ts';

function check(name: string, findings: readonly Finding[], more: Partial<Check> = {}): Check {
  return { name, title: name, codes: [], run: async () => findings, ...more };
}

function finding(severity: Severity, code = 'DRY999'): Finding {
  return { code, severity, subject: 'it', found: 'is wrong', remedy: 'mend it' };
}

const options = { targets: ['embedded'] } as const;

describe('running checks', () => {
  it('puts the worst first', async () => {
    const checks = [
      check('a', [finding('info'), finding('error', 'DRY2')]),
      check('b', [finding('error', 'DRY1')]),
    ];
    const { findings, worst } = await runChecks(checks, await doctorContext(), options);
    expect(findings.map(({ code }) => code)).toEqual(['DRY1', 'DRY2', 'DRY999']);
    expect(worst).toBe('error');
  });

  it('leaves out what is for another kind of fleet, and what needs one that runs', async () => {
    const checks = [check('a', []), check('b', [], { target: 'kind' }), check('c', [], { live: true })];
    const report = await runChecks(checks, await doctorContext(), options);
    expect(report.checks.map(({ check: name, status }) => `${name} ${status}`)).toEqual([
      'a ok',
      'c skipped',
    ]);
    const before = await runChecks(checks, await doctorContext(), { ...options, live: false });
    expect(before.checks.map((outcome) => outcome.check)).toEqual(['a']);
  });

  it('says why a check could not be made, and goes on', async () => {
    const failing = check('a', [], { run: () => Promise.reject(new UnavailableError('no answer')) });
    const report = await runChecks([failing, check('b', [finding('info')])], await doctorContext(), options);
    expect(report.checks[0]).toMatchObject({ status: 'skipped', reason: 'no answer' });
    expect(report.findings).toHaveLength(1);
  });

  it.each<[readonly Severity[], number]>([
    [[], 0],
    [['info'], 0],
    [['info', 'warning'], 1],
    [['warning', 'error'], 2],
  ])('ends with a code by severity: %j', async (severities, code) => {
    const report = await runChecks(
      [
        check(
          'a',
          severities.map((one) => finding(one)),
        ),
      ],
      await doctorContext(),
      options,
    );
    expect(doctorExitCode(report)).toBe(code);
  });

  it('is shown with a remedy each, and what was not looked at', async () => {
    const checks = [check('a', [finding('error')]), check('c', [], { live: true })];
    const report = await runChecks(checks, await doctorContext(), options);
    expect(formatDoctorReport(report)).toBe(
      '✗ DRY999 it: is wrong\n    → mend it\n\n1 checks, 1 error, 0 warnings, 0 remarks\n  not looked at: c (no fleet of this repository runs)\n',
    );
  });
});

describe('the checks', () => {
  it('have names of their own', () => {
    const names = CHECKS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
