import { UnavailableError } from '@drydock/model';
import type { Check } from '../check.ts';
import { dockerInfo } from '../docker-info.ts';
import type { DoctorContext } from '../doctor-context.ts';
import type { Finding } from '../finding.ts';

const GIB = 2 ** 30;
/** A machine with 8 GB has a little less than 8 GiB to give. */
const TOLERANCE = 0.95;

export const dockerCheck: Check = {
  name: 'docker',
  title: 'the Docker engine',
  codes: ['DRY110'],
  target: 'kind',
  async run({ tools, machine }) {
    try {
      await dockerInfo(tools);
      return [];
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      const remedy = machine.platform === 'linux' ? 'sudo systemctl start docker' : 'start Docker Desktop';
      return [{ code: 'DRY110', severity: 'error', subject: 'docker', found: error.message, remedy }];
    }
  },
};

export const dockerResourcesCheck: Check = {
  name: 'docker-resources',
  title: 'processors and memory of the Docker engine',
  codes: ['DRY111'],
  target: 'kind',
  run: async (context) => resourceFindings(context, await dockerInfo(context.tools)),
};

function resourceFindings(
  { profile }: DoctorContext,
  { NCPU, MemTotal }: { readonly NCPU: number; readonly MemTotal: number },
): readonly Finding[] {
  if (profile === undefined) return [];
  const { cpus, memoryGiB } = profile.needs;
  const remedy = 'PROFILE=small make kind-up, or give Docker more';
  const finding = (subject: string, found: string): Finding => ({
    code: 'DRY111',
    severity: 'warning',
    subject,
    found,
    remedy,
  });
  const findings: Finding[] = [];
  if (NCPU < cpus)
    findings.push(finding('docker processors', `${NCPU}, profile "${profile.name}" wants ${cpus}`));
  if (MemTotal < memoryGiB * GIB * TOLERANCE) {
    findings.push(
      finding('docker memory', `${gib(MemTotal)}, profile "${profile.name}" wants ${memoryGiB} GiB`),
    );
  }
  return findings;
}

export const cgroupCheck: Check = {
  name: 'cgroup',
  title: 'the version of control groups',
  codes: ['DRY112'],
  target: 'kind',
  async run({ tools }) {
    const { CgroupVersion } = await dockerInfo(tools);
    if (CgroupVersion !== '1') return [];
    const found =
      'version 1, which Kubernetes no longer maintains and Kind’s newer node images do not start on';
    const remedy = 'boot with systemd.unified_cgroup_hierarchy=1, or use a distribution with version 2';
    return [{ code: 'DRY112', severity: 'error', subject: 'cgroup', found, remedy }];
  },
};

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}
