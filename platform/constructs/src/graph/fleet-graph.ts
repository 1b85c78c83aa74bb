import { type FleetModel, targetsOf, type Unit, unitsOf } from '@drydock/model';

/** What a graph shows. */
export interface GraphOptions {
  /** Only what is on this cluster. @default all clusters */
  readonly cluster?: string;
}

/** Units, what they depend on, and where they go, as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html). */
export function graphMermaid(fleet: FleetModel, options: GraphOptions = {}): string {
  const units = shown(fleet, options);
  const names = new Set(units.map(({ name }) => name));
  const node = ({ name, kind }: Unit) => (kind === 'Addon' ? `  ${name}([${name}])` : `  ${name}[${name}]`);
  const dependencies = units.flatMap((unit) =>
    [...unit.dependsOn].filter((needed) => names.has(needed)).map((needed) => `  ${needed} --> ${unit.name}`),
  );
  const places = [...clusterGroups(fleet, units)].map(
    ([clusters, members]) =>
      `  subgraph "${clusters}"\n${members.map((unit) => `  ${node(unit)}`).join('\n')}\n  end`,
  );
  return `${['flowchart LR', ...places, ...dependencies].join('\n')}\n`;
}

/** The same as text: each unit below what it depends on first, with the clusters it goes to. */
export function graphText(fleet: FleetModel, options: GraphOptions = {}): string {
  const units = shown(fleet, options);
  const names = new Set(units.map(({ name }) => name));
  const roots = units.filter(({ dependsOn }) => !dependsOn.some((needed) => names.has(needed)));
  const lines = (unit: Unit, indent: string): readonly string[] => {
    const clusters = targetsOf(fleet, unit).map(({ name }) => name);
    const children = units.filter(
      ({ dependsOn }) => dependsOn.find((needed) => names.has(needed)) === unit.name,
    );
    const others = unit.dependsOn.filter((needed) => names.has(needed)).slice(1);
    const also = others.length > 0 ? `, also after ${others.join(', ')}` : '';
    return [
      `${indent}${unit.name} (${clusters.join(', ')}${also})`,
      ...children.flatMap((child) => lines(child, `${indent}  `)),
    ];
  };
  return `${roots.flatMap((root) => lines(root, '')).join('\n')}\n`;
}

function shown(fleet: FleetModel, { cluster }: GraphOptions): readonly Unit[] {
  const units = unitsOf(fleet);
  return cluster === undefined
    ? units
    : units.filter((unit) => targetsOf(fleet, unit).some(({ name }) => name === cluster));
}

/** Units by the set of clusters they go to. */
function clusterGroups(fleet: FleetModel, units: readonly Unit[]): ReadonlyMap<string, readonly Unit[]> {
  const groups = new Map<string, Unit[]>();
  for (const unit of units) {
    const clusters = targetsOf(fleet, unit)
      .map(({ name }) => name)
      .join(', ');
    groups.set(clusters, [...(groups.get(clusters) ?? []), unit]);
  }
  return groups;
}
