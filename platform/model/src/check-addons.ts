import type { FleetFiles, Report } from './fleet-files.ts';
import { reportAt } from './reference.ts';
import type { YamlFile } from './yaml-file.ts';

/** Addons: something to install, and one owner for every CustomResourceDefinition. */
export function checkAddons(files: FleetFiles, report: Report): void {
  const owners = new Map<string, string>();
  for (const { name, file, document } of files.addons) {
    const { chart, git, crds } = document.spec;
    if (chart !== undefined && git !== undefined) {
      reportAt({ file, path: ['spec', 'git'] }, { message: 'expected "chart" or "git", got both' }, report);
    }
    if (chart === undefined && git === undefined && !files.objects.has(name)) {
      const remedy = `add a chart, a git source, or addons/${name}/objects.ts`;
      reportAt({ file, path: ['spec'] }, { message: `addon "${name}" installs nothing`, remedy }, report);
    }
    crds?.names.forEach((crd, index) => {
      const place = { file, path: ['spec', 'crds', 'names', index] };
      checkOwner({ ...place, owner: name, crd }, owners, report);
    });
  }
}

function checkOwner(
  { file, path, owner, crd }: { file: YamlFile; path: readonly PropertyKey[]; owner: string; crd: string },
  owners: Map<string, string>,
  report: Report,
): void {
  const other = owners.get(crd);
  const remedy = `let "${owner}" depend on "${other}", and switch its own copy off in the values`;
  if (other !== undefined) {
    reportAt({ file, path }, { message: `CRD "${crd}" belongs to addon "${other}" already`, remedy }, report);
  }
  owners.set(crd, other ?? owner);
}
