import { describe, expect, it } from 'vitest';
import type { KubeObject } from './kube-object.ts';
import {
  matchesLabelSelector,
  nameInFieldSelector,
  parseFieldSelector,
  parseLabelSelector,
} from './selector.ts';

const pod: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'n', labels: { app: 'web', 'x.io/tier': 'front' } },
  status: { phase: 'Running' },
};

describe('a label selector', () => {
  it.each([
    ['app=web', true],
    ['app==web', true],
    ['app=db', false],
    ['app!=db', true],
    ['missing!=db', true],
    ['app in (web, db)', true],
    ['app notin (web)', false],
    ['missing notin (web)', true],
    ['x.io/tier', true],
    ['!missing', true],
    ['!app', false],
    ['app in (web),x.io/tier=front', true],
    ['app in (web),x.io/tier=back', false],
  ])('%s selects: %s', (text, selected) => {
    expect(parseLabelSelector(text)?.(pod)).toBe(selected);
  });

  it.each(['app=', 'app = web'])('takes %s', (text) => {
    expect(() => parseLabelSelector(text)).not.toThrow();
  });

  it.each(['=web', 'app in web', 'a b', 'app=web,,', 'app in (a b)', '-app=x', `a=${'x'.repeat(5000)}`])(
    'refuses %s',
    (text) => {
      expect(() => parseLabelSelector(text)).toThrow(expect.objectContaining({ code: 400 }));
    },
  );
});

describe('a field selector', () => {
  it('compares fields and refuses those that are not supported', () => {
    const fields = ['metadata.name', 'status.phase'];
    expect(parseFieldSelector('metadata.name=a,status.phase!=Failed', fields)?.(pod)).toBe(true);
    expect(parseFieldSelector('status.phase=Failed', fields)?.(pod)).toBe(false);
    expect(() => parseFieldSelector('spec.x=1', fields)).toThrow('field label not supported: spec.x');
    expect(() => parseFieldSelector('nonsense', fields)).toThrow(expect.objectContaining({ code: 400 }));
  });

  it('tells when it asks for one name', () => {
    expect(nameInFieldSelector('metadata.name=a')).toBe('a');
    expect(nameInFieldSelector('metadata.name=a,x=b')).toBeUndefined();
  });
});

it('matches expressions of a LabelSelector', () => {
  const expression = (key: string, operator: string, values?: string[]) => ({
    matchExpressions: [{ key, operator, values }],
  });
  const matches = (selector: unknown) => matchesLabelSelector(selector, { app: 'web' });
  expect(matches({ matchLabels: { app: 'web' } })).toBe(true);
  expect(matches(expression('app', 'In', ['db']))).toBe(false);
  expect(matches(expression('app', 'NotIn', ['db']))).toBe(true);
  expect(matches(expression('app', 'Exists'))).toBe(true);
  expect(matches(expression('app', 'DoesNotExist'))).toBe(false);
  expect(matches(expression('app', 'Near'))).toBe(false);
});
