import { join } from 'node:path';
import { type Command, quick, type Tool } from '../../tools/command.ts';
import { ToolMissingError } from '../../tools/tool-errors.ts';
import type { Check } from '../check.ts';
import type { DoctorContext } from '../doctor-context.ts';
import type { Finding } from '../finding.ts';
import { pinnedVersions } from '../tool-versions.ts';
import { compareVersions, parseVersion, type Version } from '../version.ts';

interface AskedTool {
  readonly tool: Tool;
  readonly command: Command;
  /** The oldest version that can do what is asked of it. */
  readonly least: Version;
  /** Where it is described how to install it. */
  readonly install: string;
}

const KIND_TOOLS: readonly AskedTool[] = [
  {
    tool: 'docker',
    least: [20, 10, 0], // `run --cgroupns`, which Kind uses
    command: quick('docker', '--version'),
    install: 'https://docs.docker.com/engine/install',
  },
  {
    tool: 'kind',
    least: [0, 27, 0], // node images with containerd 2
    command: quick('kind', 'version'),
    install: '"mise install kind" or https://kind.sigs.k8s.io',
  },
  {
    tool: 'helm',
    least: [3, 13, 0], // `uninstall --ignore-not-found`
    command: quick('helm', 'version', '--short'),
    install: '"mise install helm" or https://helm.sh',
  },
  {
    tool: 'kubectl',
    least: [1, 31, 0], // `wait --for=create`
    command: quick('kubectl', 'version', '--client', '--output=json'),
    install: '"mise install kubectl" or https://kubernetes.io/docs/tasks/tools',
  },
];

/** `cat-file --batch-command` came with Git 2.36. */
const GIT = [2, 36, 0] as const;

/** Tools that Kind needs: there, and not much older than what is pinned in `mise.toml`. */
export const kindToolsCheck: Check = {
  name: 'kind-tools',
  title: 'docker, kind, helm and kubectl',
  codes: ['DRY101', 'DRY102'],
  target: 'kind',
  async run(context) {
    const pinned = pinnedVersions((await context.files.read(join(context.root, 'mise.toml'))) ?? '');
    const findings = await Promise.all(KIND_TOOLS.map((asked) => findTool(asked, pinned, context)));
    return findings.flat();
  },
};

/** Git: the embedded fleet calls nothing else. */
export const gitToolCheck: Check = {
  name: 'git-tool',
  title: 'git',
  codes: ['DRY101', 'DRY102'],
  run: (context) =>
    findTool(
      {
        tool: 'git',
        least: GIT,
        command: quick('git', '--version'),
        install: 'https://git-scm.com/downloads',
      },
      new Map(),
      context,
    ),
};

async function findTool(
  { tool, command, least, install }: AskedTool,
  pinned: ReadonlyMap<string, string>,
  { tools }: DoctorContext,
): Promise<readonly Finding[]> {
  const wanted = pinned.get(tool);
  const want = wanted === undefined ? '' : `, version ${wanted}`;
  const remedy = `install ${tool}${want}: ${install}`;
  try {
    const { stdout, exitCode } = await tools.run(command);
    const found = exitCode === 0 ? parseVersion(versionText(stdout)) : undefined;
    if (found === undefined) {
      return [
        { code: 'DRY102', severity: 'warning', subject: tool, found: 'its version is not known', remedy },
      ];
    }
    return versionFindings({ tool, least, found, wanted: parseVersion(wanted ?? ''), remedy });
  } catch (error) {
    if (!(error instanceof ToolMissingError)) throw error;
    return [{ code: 'DRY101', severity: 'error', subject: tool, found: `not on PATH${want}`, remedy }];
  }
}

interface FoundVersion {
  readonly tool: Tool;
  readonly least: Version;
  readonly found: Version;
  /** What is pinned. */
  readonly wanted: Version | undefined;
  readonly remedy: string;
}

/** Too old to work is an error; older than what was tried is a warning. Patches do not count. */
function versionFindings({ tool, least, found, wanted, remedy }: FoundVersion): readonly Finding[] {
  const code = 'DRY102';
  const text = `version ${found.join('.')}`;
  if (compareVersions(found, least) < 0) {
    return [
      {
        code,
        severity: 'error',
        subject: tool,
        found: `${text}, at least ${least.join('.')} is needed`,
        remedy,
      },
    ];
  }
  if (wanted === undefined || compareVersions(found, [wanted[0], wanted[1], 0]) >= 0) return [];
  return [
    { code, severity: 'warning', subject: tool, found: `${text}, pinned is ${wanted.join('.')}`, remedy },
  ];
}

/** kubectl prints JSON; the others a line. */
function versionText(stdout: string): string {
  return /"gitVersion":\s*"([^"]+)"/.exec(stdout)?.[1] ?? stdout;
}
