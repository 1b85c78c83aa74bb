import { ApplicationObjects, applicationFacts } from '@drydock/constructs';
import { type FleetModel, targetsOf } from '@drydock/model';
import { App, Chart, Yaml } from 'cdk8s';

/** The peer: the same objects as one chart per unit and cluster, all in one cdk8s App, as `App.synth()` does it. */
export function synthInSingleApp(fleet: FleetModel): readonly (readonly [string, string])[] {
  const app = new App();
  for (const application of fleet.applications) {
    for (const cluster of targetsOf(fleet, application)) {
      const chart = new Chart(app, `${cluster.name}-${application.name}`);
      new ApplicationObjects(chart, 'application', applicationFacts(fleet, application, cluster));
    }
  }
  return app.charts.map((chart) => [`${chart.node.id}.yaml`, Yaml.stringify(...chart.toJson())]);
}
