# One target for each step, without prerequisites; `make` alone lists them. Maven needs a JDK 17 or newer.
MVN ?= mvn -B -ntp

.DEFAULT_GOAL := help
.PHONY: help build test test-api-server versions faults generate format lint quickstart image chart release e2e site

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  %-16s %s\n", $$1, $$2}'

build: ## all jars, without tests
	$(MVN) -q -DskipTests package

test: ## mvn verify without a real API server (.ci/run is what CI runs)
	env -u KUBEBUILDER_ASSETS $(MVN) verify

test-api-server: ## the tests on a real API server; KUBEBUILDER_ASSETS names the folder of its binaries
	@test -n "$$KUBEBUILDER_ASSETS" || { echo "KUBEBUILDER_ASSETS must name a folder with etcd, kube-apiserver and kubectl" >&2; exit 2; }
	$(MVN) -pl operator -am test -Dtest='dev.redisaccess.operator.kubernetes.**.*Test' -Dsurefire.failIfNoSpecifiedTests=false

versions: ## the same on several versions of Kubernetes; FOLDERS are their binaries; writes the table of README.md
	.ci/versions --write $(FOLDERS)

faults: ## all tests, with faults, kills and random sequences at length (about an hour)
	$(MVN) verify -Pfaults

generate: ## Every generated file: CRDs and their copies, reference pages, GitOps states, benchmark pages
	$(MVN) -q -Pgenerate

format: ## formats the code; the build fails on unformatted code
	$(MVN) -q spotless:apply

lint: ## shell scripts, workflows and the chart; needs shellcheck, actionlint, helm and kube-score
	mkdir -p target
	git grep -lE '^#!/usr/bin/env bash' | xargs shellcheck e2e/*.sh emulator/witnesses/*.sh
	actionlint
	helm lint --strict helm/redis-access-operator --set azure.clientId=00000000-0000-0000-0000-000000000001
	helm template release helm/redis-access-operator --namespace redis-access-system --kube-version 1.36 \
	  --set azure.clientId=00000000-0000-0000-0000-000000000001 >target/chart.yaml
	@# The findings that are intended: docs/security.md.
	kube-score score --ignore-container-cpu-limit --ignore-test container-image-pull-policy target/chart.yaml

quickstart: ## the quickstart on this machine
	$(MVN) -q -DskipTests package
	java -jar quickstart/target/quickstart.jar

image: ## the operator's image as an archive, with an AOT cache: target/operator.tar
	image/build --tar target/operator.tar

chart: ## the chart as a package in target/
	mkdir -p target
	helm package helm/redis-access-operator --destination target

release: ## everything that a release has, in target/release, checked; RELEASING.md has the options
	rm -rf target/release
	release/build target/release
	release/verify target/release

e2e: ## chart and image on the cluster of the current context
	bash e2e/run

site: ## the documentation as a site in target/site; needs python3 with venv
	site/build
