/** What one package may import of the others. */
export interface Arrows {
  /** Names after `@drydock/`. */
  readonly code: readonly string[];
  /** More of them, as `import type` only. */
  readonly types?: readonly string[];
  /** More of them, in tests and their fixtures only. */
  readonly tests?: readonly string[];
}

/** The packages below `platform/`, and the arrows that lead out of each. */
export const PACKAGES: Readonly<Record<string, Arrows>> = {
  model: { code: [] },
  git: { code: [] },
  kube: { code: [], tests: ['agent'] },
  constructs: { code: ['model'] },
  promoter: { code: ['model', 'git'] },
  agent: { code: ['model', 'git'], tests: ['kube'] },
  // constructs: for the few objects that a hub is given before git can bring it anything
  fleet: { code: ['model', 'git', 'kube', 'agent', 'promoter', 'constructs'] },
  cli: { code: ['model', 'git', 'kube', 'agent', 'promoter', 'constructs', 'fleet'] },
};

/** An addon brings constructs of its own; what it knows of the fleet it is handed. */
export const ADDONS: Arrows = { code: ['constructs'], types: ['model'] };

/** The portal is a client of the promoter's HTTP API and has packages of its own, `@drydock/plugin-…`. */
export const BACKSTAGE: Arrows = { code: [] };

/** The portal's story in a browser is told on the same temporary clone as the demo in the terminal. */
export const SHARES_THE_DEMO = { from: 'backstage/e2e/', to: 'scripts/demo/' } as const;

/** The only module that names cdk8s, its constructs library and its catalogue of kinds. */
export const CDK8S_MODULE = 'platform/constructs/src/cdk8s.ts';
export const CDK8S: readonly string[] = ['cdk8s', 'cdk8s-plus-28', 'constructs'];

/** Files that a process starts with: they alone end it, set its exit code, and read its environment. */
export const ENTRY_POINTS: ReadonlySet<string> = new Set([
  'platform/cli/src/main.ts',
  'platform/constructs/src/hydrate.ts',
  'platform/fleet/src/embedded/git-server/pre-receive.ts',
  'platform/fleet/src/embedded/processes/run-part.ts',
  'platform/fleet/src/embedded/supervise.ts',
  'platform/model/src/write-schemas.ts',
  'scripts/demo.ts',
  'scripts/kind-control.ts',
  'scripts/kind-down.ts',
  'scripts/kind-status.ts',
  'scripts/kind-ui.ts',
  'scripts/kind-up.ts',
  'scripts/kind/entry.ts', // runs the main function of each kind-*.ts
  'scripts/kind/kind-options.ts', // the command line of each kind-*.ts
  'scripts/write-docs.ts',
]);

/** Files that hand the environment on to a program they start, and read nothing of it. */
export const HANDS_ENVIRONMENT_ON: ReadonlySet<string> = new Set([
  'platform/fleet/src/embedded/supervisor.ts',
  'platform/git/src/run-git.ts',
  'scripts/kind/run-portal.ts',
]);
