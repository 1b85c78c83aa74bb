# Node 24 comes with `npm ci`, whatever Node is installed here; nothing below needs Docker unless it says so.
SHELL := /bin/sh
DRYDOCK := node_modules/.bin/drydock

.PHONY: help
help: ## Show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

node_modules/.installed: package.json package-lock.json
	npm ci --no-fund --no-audit --loglevel=error
	@touch $@

.PHONY: install
install: node_modules/.installed ## Install what is needed

.PHONY: up
up: install ## Start the whole fleet on this machine, in the background; PORTAL=0 leaves the portal out
	@$(DRYDOCK) up
	@[ "$(PORTAL)" = 0 ] || node_modules/.bin/node backstage/scripts/portal.ts start --background \
		|| echo 'the portal did not start; the fleet runs without it, and "make portal" tries again'

.PHONY: down
down: install ## End it; "make up" continues where it was
	@node_modules/.bin/node backstage/scripts/portal.ts stop
	@$(DRYDOCK) down

.PHONY: portal
portal: install ## Start the portal beside a fleet that is up; the first time takes minutes
	@node_modules/.bin/node backstage/scripts/portal.ts start

.PHONY: e2e
e2e: install ## The story of an application in a real browser; needs Chromium
	@node_modules/.bin/node backstage/e2e/main.ts

.PHONY: demo
demo: install ## Push, promote, approve, break and roll back in a temporary clone
	@node_modules/.bin/node scripts/demo.ts

NODE := node_modules/.bin/node

.PHONY: kind-up
kind-up: install ## Start the same fleet on real Kind clusters; needs Docker. PROFILE=small for 8 GB
	@$(NODE) scripts/kind-up.ts

.PHONY: kind-plan
kind-plan: install ## Show every command that kind-up would run
	@$(NODE) scripts/kind-up.ts --dry-run

.PHONY: kind-status
kind-status: install ## Show how the Kind clusters are
	@$(NODE) scripts/kind-status.ts

.PHONY: kind-down
kind-down: install ## Remove the Kind clusters of this clone, and nothing else
	@$(NODE) scripts/kind-down.ts

.PHONY: argocd-ui grafana-ui hubble-ui linkerd-ui
argocd-ui: install ## Show Argo CD of the Kind hub, signed in as its admin, until Ctrl-C
	@$(NODE) scripts/kind-ui.ts argocd

grafana-ui: install ## Show Grafana of a Kind cluster; CLUSTER=prod-eu names another than dev
	@$(NODE) scripts/kind-ui.ts grafana

hubble-ui: install ## Show Hubble of a Kind cluster
	@$(NODE) scripts/kind-ui.ts hubble

linkerd-ui: install ## Show Linkerd of a Kind cluster
	@$(NODE) scripts/kind-ui.ts linkerd

.PHONY: test
test: install ## Check and test everything
	npm run check
	npm test
	node_modules/.bin/node backstage/scripts/test.ts
