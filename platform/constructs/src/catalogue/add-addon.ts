import { ADDON_LABEL_PREFIX, API_VERSION, addonSchema, InputError, type JsonObject } from '@drydock/model';
import { parseDocument } from 'yaml';
import { yamlText } from '../yaml-text.ts';

/** What a new addon needs. */
export interface NewAddon {
  readonly name: string;
  readonly description: string;
  readonly namespace: string;
  readonly category?: string;
  readonly chart: { readonly repository: string; readonly name: string; readonly version: string };
  readonly dependsOn?: readonly string[];
}

/**
 * The files of a new addon: path from the root of the repository → content. It is on no cluster yet.
 *
 * @throws InputError when it does not fit the schema
 */
export function addAddon(addon: NewAddon): Readonly<Record<string, string>> {
  const { name, description, namespace, category, chart, dependsOn = [] } = addon;
  const spec: JsonObject = {
    description,
    ...(category === undefined ? {} : { category }),
    namespace,
    ...(dependsOn.length > 0 ? { dependsOn } : {}),
    chart,
  };
  const document = { apiVersion: API_VERSION, kind: 'Addon', metadata: { name }, spec };
  const result = addonSchema.safeParse(document);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => ({
      file: `addons/${name}/addon.yaml`,
      path: path.join('.'),
      message,
    }));
    throw new InputError(`failed to add addon "${name}"`, { problems });
  }
  const schema = '# yaml-language-server: $schema=../../platform/model/schemas/addon.schema.json\n';
  const readme = `# ${name}\n\n${description}\n\n- **After install**: \n- **CRDs**: \n- **Checked**: \n`;
  return {
    [`addons/${name}/addon.yaml`]: schema + yamlText(document),
    [`addons/${name}/README.md`]: readme,
  };
}

/** A `cluster.yaml` with an addon switched on or off; comments and order of the file stay. */
export function switchAddon(clusterFile: string, addon: string, state: 'enabled' | 'disabled'): string {
  const document = parseDocument(clusterFile);
  document.setIn(['metadata', 'labels', `${ADDON_LABEL_PREFIX}${addon}`], state);
  return document.toString({ lineWidth: 0 });
}
