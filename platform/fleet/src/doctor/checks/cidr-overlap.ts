import { type Cidr, cidrsOverlap, parseCidr } from '@drydock/model';
import { quick } from '../../tools/command.ts';
import { type Check, SkippedError } from '../check.ts';
import type { DoctorContext } from '../doctor-context.ts';

interface NamedRange {
  readonly name: string;
  readonly text: string;
  readonly range: Cidr;
}

/**
 * Networks of clusters that overlap with one of this machine or of Docker, so that packets go the wrong way. That clusters
 * do not overlap with each other is checked when the files are loaded.
 */
export const cidrOverlapCheck: Check = {
  name: 'cidr-overlap',
  title: 'networks of the clusters against those of this machine',
  codes: ['DRY151'],
  target: 'kind',
  async run(context) {
    const { fleet } = context;
    if (fleet === undefined) throw new SkippedError('the files of the fleet do not load');
    const taken = [...machineRanges(context), ...(await dockerRanges(context))];
    const wanted = fleet.clusters.flatMap(({ name, network }) => [
      ...namedRange(`podSubnet of ${name}`, network.podSubnet),
      ...namedRange(`serviceSubnet of ${name}`, network.serviceSubnet),
    ]);
    return wanted.flatMap(({ name, text, range }) =>
      taken
        .filter((other) => cidrsOverlap(range, other.range))
        .map((other) => ({
          code: 'DRY151',
          severity: 'error' as const,
          subject: name,
          found: `${text} overlaps with ${other.text} of ${other.name}`,
          remedy: `choose another range in clusters/${name.split(' ').at(-1)}/cluster.yaml`,
        })),
    );
  },
};

function machineRanges({ machine }: DoctorContext): readonly NamedRange[] {
  return machine.networks().flatMap(({ name, cidr }) => namedRange(`the interface ${name}`, networkOf(cidr)));
}

async function dockerRanges({ tools }: DoctorContext): Promise<readonly NamedRange[]> {
  const list = await tools.run(quick('docker', 'network', 'ls', '--quiet')).catch(() => undefined);
  const ids = list?.exitCode === 0 ? list.stdout.split('\n').filter((line) => line !== '') : [];
  if (ids.length === 0) return [];
  const format = '{{.Name}}{{range .IPAM.Config}} {{.Subnet}}{{end}}';
  const { stdout } = await tools.run(quick('docker', 'network', 'inspect', ...ids, '--format', format));
  return stdout.split('\n').flatMap((line) => {
    const [name = '', ...subnets] = line.split(' ');
    return subnets.flatMap((subnet) => namedRange(`the docker network ${name}`, subnet));
  });
}

/** An interface has an address with the length of its network: the host bits go. */
function networkOf(cidr: string): string {
  const [address = '', bits = '32'] = cidr.split('/');
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(number / size) * size;
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${parts.join('.')}/${bits}`;
}

function namedRange(name: string, text: string): readonly NamedRange[] {
  const range = parseCidr(text);
  return range === undefined ? [] : [{ name, text, range }];
}
