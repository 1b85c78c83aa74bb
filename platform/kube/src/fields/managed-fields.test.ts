import { describe, expect, it } from 'vitest';
import type { Fields, KubeObject } from '../model/kube-object.ts';
import { complete } from '../schema/complete.ts';
import { modelSchema } from '../schema/model-schema.ts';
import { paths } from './field-set.ts';
import { applyConfiguration, trackUpdate } from './managed-fields.ts';

const schema = modelSchema('V1Deployment');
let clock = 0;

describe('server-side apply', () => {
  it('owns what it names and nothing else', () => {
    const { object, managedFields } = apply(
      undefined,
      'a',
      deployment({ replicas: 2, containers: [{ name: 'x', image: 'i:1' }] }),
    );
    expect(object.spec).toMatchObject({ replicas: 2 });
    expect(managedFields).toHaveLength(1);
    expect([...paths(managedFields[0]?.fieldsV1 ?? {})].sort()).toEqual([
      '.spec.replicas',
      '.spec.template.spec.containers[name="x"]',
      '.spec.template.spec.containers[name="x"].image',
      '.spec.template.spec.containers[name="x"].name',
    ]);
  });

  it('removes what it named before and does not name any more', () => {
    const first = live(
      apply(
        undefined,
        'a',
        deployment({
          replicas: 2,
          paused: true,
          containers: [
            { name: 'x', image: 'i' },
            { name: 'y', image: 'j' },
          ],
        }),
      ),
    );
    const second = apply(first, 'a', deployment({ replicas: 2, containers: [{ name: 'x', image: 'i' }] }));
    expect(second.object.spec).toEqual(
      deployment({ replicas: 2, containers: [{ name: 'x', image: 'i' }] }).spec,
    );
  });

  it('keeps what others own', () => {
    const first = live(
      apply(undefined, 'a', deployment({ replicas: 2, containers: [{ name: 'x', image: 'i' }] })),
    );
    const both = live(
      apply(
        first,
        'b',
        deployment({
          containers: [
            { name: 'x', env: [{ name: 'E', value: '1' }] },
            { name: 'y', image: 'j' },
          ],
        }),
      ),
    );
    const third = apply(both, 'a', deployment({ containers: [{ name: 'x', image: 'i' }] }));
    expect(third.object.spec).toEqual(
      deployment({
        containers: [
          { name: 'x', image: 'i', env: [{ name: 'E', value: '1' }] },
          { name: 'y', image: 'j' },
        ],
      }).spec,
    );
  });

  it('refuses a value that another manager gave, unless it is forced', () => {
    const first = live(apply(undefined, 'a', deployment({ replicas: 2 })));
    const refused = (() => {
      try {
        return apply(first, 'b', deployment({ replicas: 3 }));
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toMatchObject({
      code: 409,
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            field: '.spec.replicas',
            message: 'conflict with "a"',
          },
        ],
      },
    });
    const forced = apply(first, 'b', deployment({ replicas: 3 }), true);
    expect(forced.object.spec).toEqual({ replicas: 3 });
    expect(forced.managedFields.map(({ manager }) => manager)).toEqual(['b']);
  });

  it('shares a field when the values agree', () => {
    const first = live(apply(undefined, 'a', deployment({ replicas: 2 })));
    const shared = live(apply(first, 'b', deployment({ replicas: 2 })));
    expect(apply(shared, 'a', deployment({})).object.spec).toEqual({ replicas: 2 });
  });

  it('changes nothing when it says the same again', () => {
    const first = live(
      apply(undefined, 'a', deployment({ replicas: 2, containers: [{ name: 'x', image: 'i' }] })),
    );
    const again = apply(first, 'a', deployment({ replicas: 2, containers: [{ name: 'x', image: 'i' }] }));
    expect(live(again)).toEqual(first);
  });

  it('tells ports apart by number and protocol, with the default protocol', () => {
    const port = (more: Fields) =>
      deployment({ containers: [{ name: 'x', ports: [{ containerPort: 80, ...more }] }] });
    const first = live(apply(undefined, 'a', port({ protocol: 'TCP' })));
    const second = apply(first, 'a', port({ name: 'http' }));
    // What is not named any more goes; the default brings the protocol back when the object is completed.
    expect(complete(second.object, schema)).toMatchObject(port({ protocol: 'TCP', name: 'http' }));
  });

  it('replaces lists that are atomic', () => {
    const command = (...words: string[]) => deployment({ containers: [{ name: 'x', command: words }] });
    const first = live(apply(undefined, 'a', command('one', 'two')));
    expect(apply(first, 'a', command('three')).object.spec).toEqual(command('three').spec);
  });

  it('refuses two items with one key', () => {
    const twice = deployment({ containers: [{ name: 'x' }, { name: 'x' }] });
    expect(() => apply(undefined, 'a', twice)).toThrow(expect.objectContaining({ code: 422 }));
  });
});

describe('an update', () => {
  it('takes over what it changes, and nobody owns what it removes', () => {
    const first = live(apply(undefined, 'a', deployment({ replicas: 2, paused: true })));
    const after = { ...first, spec: { replicas: 3 } };
    const managed = trackUpdate(
      { before: first, after, base: first.metadata.managedFields ?? [] },
      writer('kubectl'),
      schema,
    );
    expect(managed.map(({ manager, operation }) => [manager, operation])).toEqual([['kubectl', 'Update']]);
    expect(paths(managed[0]?.fieldsV1 ?? {})).toEqual(['.spec.replicas']);
  });
});

function apply(current: KubeObject | undefined, manager: string, configuration: KubeObject, force = false) {
  return applyConfiguration(current, configuration, { ...writer(manager), force }, schema);
}

function writer(manager: string) {
  return {
    manager,
    apiVersion: 'apps/v1',
    subresource: undefined,
    time: new Date(clock++ * 1000).toISOString(),
  };
}

function live({ object, managedFields }: ReturnType<typeof apply>): KubeObject {
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

function deployment({ containers, ...spec }: Fields): KubeObject {
  const template = containers === undefined ? {} : { template: { spec: { containers } } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'd' },
    spec: { ...spec, ...template },
  };
}
