import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-github-provider'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));
backend.add(import('@drydock/plugin-auth-backend-module-demo-provider'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@drydock/plugin-permission-backend-module-drydock'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'));
backend.add(import('@drydock/plugin-catalog-backend-module-drydock'));

backend.add(import('@drydock/plugin-promotion-backend'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@drydock/plugin-scaffolder-backend-module-drydock'));

backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@drydock/plugin-kubernetes-backend-module-drydock'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));
backend.add(import('@drydock/plugin-search-backend-module-drydock'));

backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.start();
