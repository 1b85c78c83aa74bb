import type { Addon, Cluster, FleetModel, Unit } from '@drydock/model';
import { type AddonObjectsByName, addonManifests } from './addon-objects.ts';
import { type ApplicationFacts, applicationFacts } from './application/application-facts.ts';
import { ApplicationObjects } from './application/application-objects.ts';
import { ApiObject, App, Chart } from './cdk8s.ts';
import { type Manifest, manifestFile } from './manifest.ts';
import { yamlText } from './yaml-text.ts';

/** One object of a unit, and as a file. */
export interface ObjectFile {
  readonly manifest: Manifest;
  readonly file: string;
  readonly text: string;
}

/**
 * The objects of one unit, on any of its clusters. Clusters on which all facts that the objects are made from are
 * equal share one synth: most applications look the same on every cluster of an environment.
 */
export class ObjectCache {
  readonly fleet: FleetModel;
  readonly unit: Unit;
  readonly #addonObjects: AddonObjectsByName;
  readonly #known = new Map<string, readonly ObjectFile[]>();

  constructor(fleet: FleetModel, unit: Unit, addonObjects: AddonObjectsByName) {
    this.fleet = fleet;
    this.unit = unit;
    this.#addonObjects = addonObjects;
  }

  /** The unit's own objects on a cluster, without those of the delivery engine. */
  objectsOn(cluster: Cluster): readonly ObjectFile[] {
    if (this.unit.kind === 'Addon') return this.#addonObjectsOn(this.unit, cluster);
    const facts = applicationFacts(this.fleet, this.unit, cluster);
    const key = JSON.stringify(facts);
    const known = this.#known.get(key) ?? objectFiles(applicationObjects(facts), this.unit.namespace);
    this.#known.set(key, known);
    return known;
  }

  #addonObjectsOn(addon: Addon, cluster: Cluster): readonly ObjectFile[] {
    if (!addon.hasObjects) return [];
    const objects = this.#addonObjects.get(addon.name);
    if (objects === undefined)
      throw new Error(`failed to synthesize addon "${addon.name}": its objects are not loaded`);
    return objectFiles(addonManifests(objects, { fleet: this.fleet, addon, cluster }), addon.namespace);
  }
}

/** The objects of an application: one cdk8s App of its own, in memory. */
export function applicationObjects(facts: ApplicationFacts): readonly Manifest[] {
  const chart = new Chart(new App(), facts.name);
  new ApplicationObjects(chart, 'application', facts);
  const objects = chart.node.findAll().filter((node) => ApiObject.isApiObject(node));
  return objects.map((object) => object.toJson() as Manifest);
}

function objectFiles(manifests: readonly Manifest[], namespace: string): readonly ObjectFile[] {
  return manifests.map((manifest) => ({
    manifest,
    file: manifestFile(manifest, namespace),
    text: yamlText(manifest),
  }));
}
