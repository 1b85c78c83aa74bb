import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

const waitsForMe = HomePageWidgetBlueprint.make({
  name: 'waits-for-me',
  params: {
    name: 'WaitsForMe',
    title: 'Waits for you',
    description: 'Approvals you may give, and your units that are not well',
    components: () =>
      import('./components/WaitsForMe/WaitsForMe').then(m => ({ Content: () => <m.WaitsForMe /> })),
  },
});

/** What the plugin adds to the home page. */
export const homeExtensions = [waitsForMe];
