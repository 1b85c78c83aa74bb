import { type Command, quick } from '../../tools/command.ts';
import type { Check } from '../check.ts';
import type { DoctorContext } from '../doctor-context.ts';
import type { Finding } from '../finding.ts';

const REMOTE = 'drydock';

/** Whether this clone knows the fleet's git server, reaches it, and has pushed what it has committed. */
export const gitRemoteCheck: Check = {
  name: 'git-remote',
  title: 'the git remote of the fleet',
  codes: ['DRY133'],
  live: true,
  async run(context) {
    const { tools } = context;
    const url = await tools.run(git(context, 'remote', 'get-url', REMOTE));
    if (url.exitCode !== 0) return [finding('error', `this clone has no remote "${REMOTE}"`, 'drydock up')];
    const remote = await tools.run(git(context, 'ls-remote', '--exit-code', REMOTE, 'refs/heads/main'));
    if (remote.exitCode === 2)
      return [finding('warning', 'it has no branch main yet', `git push ${REMOTE} HEAD:main`)];
    if (remote.exitCode !== 0) {
      return [
        finding(
          'error',
          `it does not answer: ${lastLine(remote.stderr)}`,
          'drydock up sets its address and token again',
        ),
      ];
    }
    const head = await tools.run(
      git(context, 'rev-list', '--count', `${remote.stdout.split('\t')[0]}..HEAD`),
    );
    const ahead = Number(head.stdout.trim());
    if (head.exitCode !== 0)
      return [finding('info', 'its main has commits that this clone has not', `git fetch ${REMOTE}`)];
    return ahead === 0
      ? []
      : [finding('info', `${ahead} commits are not pushed`, `git push ${REMOTE} HEAD:main`)];
  },
};

/** Never asks for a password. */
function git({ root }: DoctorContext, ...args: readonly string[]): Command {
  return quick('git', '-C', root, '-c', 'core.askPass=true', ...args);
}

function finding(severity: Finding['severity'], found: string, remedy: string): Finding {
  return { code: 'DRY133', severity, subject: `remote ${REMOTE}`, found, remedy };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
