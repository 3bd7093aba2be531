# Queries of the cluster. Sourced by run.
# shellcheck shell=bash

system=redis-access-system
release=redis-access-operator

# Replaces ${NAME} by this script's values, without envsubst, which is not installed everywhere.
filled() { # file
  sed -e "s|\${WORKLOAD_IMAGE}|$workload_image|" -e "s|\${OPERATOR_REPOSITORY}|${operator_image%:*}|" \
    -e "s|\${OPERATOR_TAG}|${operator_image##*:}|" -e "s|\${OPERATOR_CLIENT}|$operator_client|" \
    -e "s|\${TENANT}|$tenant|" -e "s|\${AUTHORITY}|$authority|" -e "s|\${ARM}|$arm|" \
    -e "s|\${TOKEN_PROXY}|$(endpoint .tokenProxy.url)|" -e "s|\${TOKEN_PROXY_NAME}|$(endpoint .tokenProxy.serverName)|" \
    -e "s|\${HOST_ADDRESS}|$E2E_HOST_ADDRESS|" "$here/$1"
}

image_in() { tar -xOf "$1" manifest.json | jq -r '.[0].RepoTags[0]'; } # a docker archive

chart() { # install or upgrade, and further values
  filled chart-values.yaml >"$work/values.yaml"
  helm upgrade --install "$release" "$root/helm/redis-access-operator" -n "$system" -f "$work/values.yaml" \
    --wait --timeout 3m "$@" >/dev/null
}

shop() { kubectl -n shop "$@"; }
operators() { kubectl -n "$system" get pods -l "app.kubernetes.io/instance=$release" "$@"; }
operator_restarts() { operators -o jsonpath='{.items[*].status.containerStatuses[*].restartCount}'; }
no_operators() { [ -z "$(operators -o name)" ]; }
operator_pod() { operators -o jsonpath='{.items[0].metadata.name}'; }
workload_pod() { shop get pods -l app=orders --field-selector=status.phase!=Failed -o jsonpath='{.items[0].metadata.name}'; }
workload_uid() { shop get pods -l app=orders -o jsonpath='{.items[*].metadata.uid}'; }
workload_restarts() { shop get pods -l app=orders -o jsonpath='{.items[*].status.containerStatuses[*].restartCount}'; }
waits_for_config() { # [app]
  shop get pods -l "app=${1:-orders}" -o jsonpath='{.items[0].status.containerStatuses[0].state.waiting.reason}' | grep -qx CreateContainerConfigError
}
workload_logged() { shop logs "$(workload_pod)" | grep -q "$1"; } # regular expression
gone() { ! kubectl get "$@" >/dev/null 2>&1; }
holder() { kubectl -n "$system" get lease -o jsonpath='{.items[0].spec.holderIdentity}'; }
held_by_other_than() { local now; now="$(holder)"; [ -n "$now" ] && [[ "$now" != *"$1"* ]]; }
held_by_one_of_the_pods() {
  local now pod
  now="$(holder)"
  for pod in $(operators -o name); do [[ "$now" != *"${pod#pod/}"* ]] || return 0; done
  return 1
}

ready() { # namespace timeout object…
  kubectl -n "$1" wait --for=condition=Ready --timeout="$2" "${@:3}" >/dev/null || fail "${*:3} did not become Ready within $2"
}

# MiB of the operator's container, as kubelet measures them: working set, which limits and evictions use, and RSS.
operator_memory() {
  kubectl get --raw "/api/v1/nodes/$(operators -o jsonpath='{.items[0].spec.nodeName}')/proxy/stats/summary" |
    jq -r --arg pod "$(operator_pod)" '.pods[] | select(.podRef.name == $pod) | .containers[] | select(.name == "operator") | .memory
      | "\((.workingSetBytes // 0) / 1048576 | floor) working set, \((.rssBytes // 0) / 1048576 | floor) RSS"'
}
measured() { [ -n "$(operator_memory)" ]; }
startup_seconds() { # of the operator's pod: from the container's start to Ready
  operators -o json | jq -r '.items[0].status | ([.conditions[] | select(.type == "Ready")][0].lastTransitionTime | fromdate)
    - (.containerStatuses[0].state.running.startedAt | fromdate)'
}

crowd_objects() {
  local number
  echo '{apiVersion: v1, kind: Namespace, metadata: {name: crowd}}'
  for number in $(seq 1 "$crowd"); do
    cat <<Y
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: crowd-$number, namespace: crowd, annotations: {azure.workload.identity/client-id: $(crowd_client "$number")}}
---
apiVersion: redisaccess.dev/v1alpha1
kind: RedisAccessBinding
metadata: {name: crowd-$number, namespace: crowd}
spec: {databaseRef: {name: orders-cache}, serviceAccountName: crowd-$number}
Y
  done
}

# Removes everything, from any state. Bindings first: the operator removes their finalizers.
clear_cluster() {
  if operators -o name | grep -q .; then
    kubectl delete redisaccessbindings -A --all --timeout=60s
    kubectl delete redisdatabases --all --timeout=20s
  fi
  helm uninstall "$release" -n "$system" --wait --timeout 60s
  kubectl delete redisaccessbindings,redisdatabases -A --all --wait=false
  local object
  for object in $(kubectl get redisaccessbindings -A -o jsonpath='{range .items[*]}{.metadata.namespace}/{.metadata.name} {end}'); do
    kubectl -n "${object%/*}" patch redisaccessbinding "${object#*/}" --type=merge -p '{"metadata":{"finalizers":null}}'
  done
  for object in $(kubectl get redisdatabases -o name); do
    kubectl patch "$object" --type=merge -p '{"metadata":{"finalizers":null}}'
  done
  kubectl delete crd redisaccessbindings.redisaccess.dev redisdatabases.redisaccess.dev \
    redisaccessreports.redisaccess.dev --timeout=30s
  kubectl delete clusterrolebinding e2e-token-proxy use-mi-33333333-3333-3333-3333-333333333333 --ignore-not-found
  kubectl delete clusterrole use-mi-33333333-3333-3333-3333-333333333333 --ignore-not-found
  kubectl delete namespace shop crowd two-caches stock "$system" --ignore-not-found --timeout=60s
}

explain_failure() {
  kubectl get pods,redisaccessbindings,redisdatabases -A -o wide
  kubectl describe redisaccessbindings -n shop
  kubectl describe pods -n shop | tail -25
  kubectl describe pods -n "$system" | tail -30
  kubectl logs -n "$system" -l "app.kubernetes.io/instance=$release" --tail=40
  shop logs -l app=orders --tail=15
  shop logs -l 'app in (java-lettuce,python-workload-identity,nodejs,go)' --tail=15
  kubectl -n two-caches logs -l app=web --all-containers --tail=15
  kubectl -n stock describe redisaccessbindings
  kubectl -n stock logs -l app=stock --tail=15
  tail -15 "$work/emulator.log"
}
