import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import { describeField, modelSchema } from './model-schema.ts';
import { prune } from './prune.ts';
import type { Schema } from './schema.ts';
import { validate } from './validate.ts';
import { ruleProblems } from './validate-rules.ts';

const pod = modelSchema('V1Pod');

describe('the schema of a built-in type', () => {
  it('is read from the models of the client, with what Kubernetes says about merging', () => {
    const spec = pod.properties?.spec;
    expect(spec?.model).toBe('V1PodSpec');
    expect(spec?.properties?.containers).toMatchObject({
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      'x-kubernetes-patch-merge-key': 'name',
    });
    expect(spec?.required).toEqual(['containers']);
    expect(describeField(pod.properties?.spec ?? {}, 'nodeName')).toContain('NodeName indicates');
  });

  it('refers to itself without end', () => {
    const schema = modelSchema('V1JSONSchemaProps');
    expect(schema.properties?.items).toBeDefined();
    expect(schema.properties?.properties?.additionalProperties).toMatchObject({ model: 'V1JSONSchemaProps' });
    expect(Object.keys(schema.properties ?? {})).toContain('x-kubernetes-validations');
  });
});

describe('completing', () => {
  it('adds defaults below what is there, and changes nothing in place', () => {
    const input = { spec: { containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 1 }] }] } };
    const before = structuredClone(input);
    expect(complete(input, pod)).toMatchObject({
      spec: {
        restartPolicy: 'Always',
        containers: [{ imagePullPolicy: 'Always', ports: [{ protocol: 'TCP' }] }],
      },
    });
    expect(input).toEqual(before);
  });

  it('keeps quantities as text', () => {
    expect(complete({ limits: { cpu: 1 } }, modelSchema('V1ResourceRequirements'))).toEqual({
      limits: { cpu: '1' },
    });
  });

  it('gives the same value back when there is nothing to add', () => {
    const value = complete({ spec: { containers: [] } }, pod);
    expect(complete(value, pod)).toBe(value);
  });

  it.each([
    ['a:1', 'IfNotPresent'],
    ['a', 'Always'],
    ['a:latest', 'Always'],
    ['r:5000/a', 'Always'],
    ['a@sha256:0', 'IfNotPresent'],
  ])('pulls %s: %s', (image, policy) => {
    expect(complete({ image }, modelSchema('V1Container'))).toMatchObject({ imagePullPolicy: policy });
  });
});

describe('pruning', () => {
  it('drops unknown fields and tells their paths', () => {
    const seen: string[] = [];
    const input = {
      spec: { containers: [{ name: 'a', imagee: 'x' }], nodeSelector: { any: 'thing' } },
      extra: 1,
    };
    expect(prune(input, pod, (path) => seen.push(path))).toEqual({
      spec: { containers: [{ name: 'a' }], nodeSelector: { any: 'thing' } },
    });
    expect(seen).toEqual(['spec.containers[0].imagee', 'extra']);
  });

  it('takes a null as "not set" where it is not allowed', () => {
    expect(prune({ spec: { nodeSelector: null, containers: null } }, pod)).toEqual({ spec: {} });
    const schema: Schema = {
      type: 'object',
      properties: { a: { type: 'string', nullable: true } },
      additionalProperties: { 'x-kubernetes-preserve-unknown-fields': true },
    };
    expect(prune({ a: null, b: null }, schema)).toEqual({ a: null, b: null });
  });

  it('keeps what a definition wants to be kept', () => {
    const schema: Schema = {
      type: 'object',
      properties: {
        a: {
          type: 'object',
          'x-kubernetes-preserve-unknown-fields': true,
          properties: { b: { type: 'object', properties: {} } },
        },
      },
    };
    expect(prune({ a: { b: { c: 1 }, d: { e: 2 } } }, schema)).toEqual({ a: { b: {}, d: { e: 2 } } });
  });
});

describe('validating', () => {
  it.each<[string, unknown, Schema, string | undefined]>([
    ['a type', 'x', { type: 'integer' }, 'must be of type integer'],
    ['an enum', 'x', { enum: ['a'] }, 'Unsupported value'],
    ['a pattern', 'x', { pattern: '^a$' }, "should match '^a$'"],
    ['a length', '', { type: 'string', minLength: 1 }, 'at least 1 chars'],
    ['a minimum', 0, { minimum: 1 }, 'greater than or equal to 1'],
    ['an exclusive maximum', 5, { maximum: 5, exclusiveMaximum: true }, 'less than 5'],
    ['too many items', [1, 2], { type: 'array', maxItems: 1 }, 'Too many'],
    [
      'twice the same in a set',
      ['a', 'a'],
      { type: 'array', 'x-kubernetes-list-type': 'set' },
      'Duplicate value',
    ],
    ['a missing field', {}, { type: 'object', required: ['a'] }, 'Required value'],
    ['none of anyOf', 1, { anyOf: [{ type: 'string' }] }, 'anyOf'],
    ['two of oneOf', 1, { oneOf: [{ type: 'integer' }, { minimum: 0 }] }, 'oneOf'],
    ['what must not be', 1, { not: { type: 'integer' } }, 'not'],
    ['a null where it may be', null, { type: 'string', nullable: true }, undefined],
    ['a port by name', 'http', { 'x-kubernetes-int-or-string': true }, undefined],
    ['a pattern that JavaScript cannot compile', 'x', { pattern: '(?P<a>x)' }, undefined],
    ['a number out of its format', 2 ** 40, { type: 'integer', format: 'int32' }, '32-bit'],
  ])('finds %s', (_what, value, schema, problem) => {
    const messages = validate(value, schema, 'field').map(({ message }) => message);
    if (problem === undefined) expect(messages).toEqual([]);
    else expect(messages.join()).toContain(problem);
  });

  it('reports every problem at once, with its path', () => {
    const schema: Schema = {
      type: 'object',
      properties: {
        list: { type: 'array', items: { type: 'object', properties: { n: { type: 'integer' } } } },
      },
    };
    expect(validate({ list: [{ n: 'x' }, { n: 1 }, { n: true }] }, schema).map(({ field }) => field)).toEqual(
      ['list[0].n', 'list[2].n'],
    );
  });
});

describe('CEL rules', () => {
  const schema: Schema = {
    type: 'object',
    properties: {
      low: { type: 'integer' },
      high: { type: 'integer' },
      name: {
        type: 'string',
        'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'immutable' }],
      },
    },
    'x-kubernetes-validations': [
      { rule: '!has(self.high) || self.low <= self.high', messageExpression: '"low is " + string(self.low)' },
    ],
  };

  it('are enforced, with the message that they compute', () => {
    expect(ruleProblems({ low: 3, high: 2 }, undefined, schema, 'spec')).toEqual([
      { reason: 'FieldValueInvalid', field: 'spec', message: 'Invalid value: low is 3' },
    ]);
    expect(ruleProblems({ low: 1, high: 2 }, undefined, schema)).toEqual([]);
    expect(ruleProblems({ low: 1 }, undefined, schema)).toEqual([]);
  });

  it('compare with the former value', () => {
    expect(ruleProblems({ name: 'b' }, { name: 'a' }, schema)).toMatchObject([
      { field: 'name', message: 'Invalid value: immutable' },
    ]);
    expect(ruleProblems({ name: 'b' }, undefined, schema)).toEqual([]);
  });

  it('that cannot be evaluated here are not enforced', () => {
    expect(
      ruleProblems('x', undefined, { 'x-kubernetes-validations': [{ rule: 'isURL(self)' }, { rule: '((' }] }),
    ).toEqual([]);
  });
});
