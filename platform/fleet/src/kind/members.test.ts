import { InputError } from '@drydock/model';
import { describe, expect, it } from 'vitest';
import { membersOf } from './members.ts';
import { testFleet, testProfile } from './test-fleet.ts';

describe('the clusters of a profile', () => {
  it.each([
    ['hub-and-spoke', undefined, ['dev←hub', 'edge←hub', 'hub←hub']],
    ['distributed', undefined, ['dev←dev', 'edge←edge', 'hub←hub']],
    ['standalone', ['dev'], ['dev←dev']],
  ])('are delivered to from the right Argo CD: %s', async (topology, clusters, expected) => {
    const members = membersOf(await testFleet(), testProfile({ topology, ...(clusters && { clusters }) }));
    expect(members.map(({ cluster, host }) => `${cluster.name}←${host.name}`)).toEqual(expected);
  });

  it.each([
    [{ clusters: ['hub', 'dve'] }, 'unknown cluster "dve"'],
    [{ overrides: { dve: {} } }, 'unknown cluster "dve"'],
    [{ topology: 'standalone' }, 'expected one cluster, got 3'],
    [{ clusters: ['dev'] }, 'expected the hub among the clusters'],
  ])('are refused when the profile does not fit the fleet: %j', async (spec, message) => {
    const fleet = await testFleet();
    const error = catchError(() => membersOf(fleet, testProfile(spec)));
    expect(error.problems.map((problem) => problem.message).join('\n')).toContain(message);
  });
});

function catchError(call: () => unknown): InputError {
  try {
    call();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('expected an InputError');
}
