import { MarkdownContent } from '@backstage/core-components';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';

const content = `
- [See what is where](/promotions), and why something waits
- [Create an application](/create), and watch it travel to production
- [Browse the catalog](/catalog): teams, applications, addons and clusters
`;

const startWidget = HomePageWidgetBlueprint.make({
  name: 'start',
  params: {
    name: 'StartHere',
    title: 'Start here',
    description: 'The three places to begin',
    components: async () => ({
      Content: () => <MarkdownContent content={content} />,
    }),
  },
});

/** What the home page says to somebody who comes for the first time. */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [startWidget],
});
