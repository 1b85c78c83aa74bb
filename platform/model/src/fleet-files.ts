import { z } from 'zod';
import { type AddonDocument, addonSchema } from './addon.ts';
import { type ApplicationDocument, applicationSchema } from './application.ts';
import { type ClusterDocument, clusterSchema } from './cluster.ts';
import type { Problem } from './errors.ts';
import type { FileSource } from './file-source.ts';
import { type FleetDocument, fleetSchema } from './fleet.ts';
import { DATA_FOLDERS, type Role, roleOf, type ValuesScope } from './layout.ts';
import type { JsonObject } from './merge.ts';
import { type TeamDocument, teamSchema } from './team.ts';
import { checkYamlFile, MAX_FILE_BYTES, parseYamlFile, type YamlFile } from './yaml-file.ts';

/** Takes one problem; there may be many. */
export type Report = (problem: Problem) => void;

/** A document and the file that it stands in. */
export interface Declared<Document> {
  readonly name: string;
  readonly file: YamlFile;
  readonly document: Document;
}

/** The values files of addons. */
export interface DeclaredValues {
  readonly addon: string;
  readonly scope: ValuesScope;
  readonly file: YamlFile;
  readonly values: JsonObject;
}

/** The files of a fleet, each of them sound by itself; those that are not have been reported and are missing here. */
export interface FleetFiles {
  fleet?: Declared<FleetDocument>;
  /** Whether there is a `clusters/fleet.yaml`, sound or not. */
  fleetSeen: boolean;
  readonly clusters: Declared<ClusterDocument>[];
  readonly addons: Declared<AddonDocument>[];
  readonly values: DeclaredValues[];
  /** Addons that have an `objects.ts`. */
  readonly objects: Set<string>;
  /** JSON Schemas of the values of addons. */
  readonly valuesSchemas: Map<string, unknown>;
  readonly teams: Declared<TeamDocument>[];
  readonly applications: (Declared<ApplicationDocument> & { readonly team: string })[];
  /** Names by what the folders say, so that one unsound file does not make others wrong. */
  readonly names: Record<'cluster' | 'addon' | 'team' | 'application', Set<string>>;
}

const valuesSchema = z.record(z.string(), z.json());

/** Reads and checks every file of a fleet by itself; of applications only those named, where some are. */
export async function readFleetFiles(
  source: FileSource,
  report: Report,
  applications?: ReadonlySet<string>,
): Promise<FleetFiles> {
  const entries = await source.list(DATA_FOLDERS);
  const files = emptyFiles();
  const readable = entries.filter((entry) => {
    const problem = entryProblem(entry.kind, roleOf(entry.path), entry.size);
    if (problem !== undefined) report({ file: entry.path, ...problem });
    return problem === undefined && isWanted(roleOf(entry.path), applications);
  });
  for (const { path } of entries) rememberName(files, roleOf(path));
  const contents = await source.read(readable.map((entry) => entry.path));
  readable.forEach(({ path }, index) => {
    const file = parseYamlFile(path, contents[index] ?? new Uint8Array(), report);
    if (file !== undefined) addFile(files, file, roleOf(path), report);
  });
  return files;
}

function entryProblem(kind: string, role: Role, size: number | undefined): Omit<Problem, 'file'> | undefined {
  if (kind !== 'file')
    return { message: `expected a file, got a ${kind}`, suggestion: 'put the file itself here' };
  if (role.role === 'stray') {
    return {
      message: 'nothing reads this file',
      suggestion: 'see the layout in the documentation of the configuration',
    };
  }
  if (role.role !== 'other' && (size ?? 0) > MAX_FILE_BYTES) {
    return {
      message: `expected at most ${MAX_FILE_BYTES / 1024} KiB, got ${Math.ceil((size ?? 0) / 1024)} KiB`,
    };
  }
  return undefined;
}

function emptyFiles(): FleetFiles {
  const names = {
    cluster: new Set<string>(),
    addon: new Set<string>(),
    team: new Set<string>(),
    application: new Set<string>(),
  };
  return {
    fleetSeen: false,
    clusters: [],
    addons: [],
    objects: new Set(),
    valuesSchemas: new Map(),
    values: [],
    teams: [],
    applications: [],
    names,
  };
}

function isWanted(role: Role, applications: ReadonlySet<string> | undefined): boolean {
  if (role.role === 'application') return applications?.has(role.name) ?? true;
  return role.role !== 'other' && role.role !== 'objects';
}

function rememberName(files: FleetFiles, role: Role): void {
  if (role.role === 'fleet') files.fleetSeen = true;
  if (role.role === 'objects') files.objects.add(role.addon);
  if (
    role.role === 'cluster' ||
    role.role === 'addon' ||
    role.role === 'team' ||
    role.role === 'application'
  ) {
    files.names[role.role].add(role.name);
  }
}

function addFile(files: FleetFiles, file: YamlFile, role: Role, report: Report): void {
  if (role.role === 'fleet') addFleet(files, file, report);
  if (role.role === 'values-schema') files.valuesSchemas.set(role.addon, file.value);
  if (role.role === 'values') addValues(files, file, role, report);
  const place = 'name' in role ? { file, name: role.name, report } : undefined;
  if (place === undefined) return;
  if (role.role === 'cluster') files.clusters.push(...declared(clusterSchema, place));
  if (role.role === 'addon') files.addons.push(...declared(addonSchema, place));
  if (role.role === 'team') files.teams.push(...declared(teamSchema, place));
  if (role.role === 'application') {
    files.applications.push(
      ...declared(applicationSchema, place).map((one) => ({ ...one, team: role.team })),
    );
  }
}

function addFleet(files: FleetFiles, file: YamlFile, report: Report): void {
  const document = checkYamlFile(file, fleetSchema, report);
  if (document !== undefined) files.fleet = { name: document.metadata.name, file, document };
}

function addValues(files: FleetFiles, file: YamlFile, role: Role & { role: 'values' }, report: Report): void {
  const values = checkYamlFile(file, valuesSchema, report);
  if (values !== undefined) files.values.push({ addon: role.addon, scope: role.scope, file, values });
}

interface Place {
  readonly file: YamlFile;
  readonly name: string;
  readonly report: Report;
}

type Named = { readonly metadata: { readonly name: string } };

function declared<Document extends Named>(
  schema: z.ZodType<Document>,
  { file, name, report }: Place,
): readonly Declared<Document>[] {
  const document = checkYamlFile(file, schema, report);
  if (document === undefined) return [];
  if (document.metadata.name !== name) {
    const path = ['metadata', 'name'];
    const message = `expected "${name}" like the folder, got "${document.metadata.name}"`;
    report({ file: file.file, line: file.lineOf(path), path: 'metadata.name', message });
  }
  return [{ name, file, document }];
}
