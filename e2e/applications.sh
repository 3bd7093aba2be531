# Applications of examples/workloads on the node, with the annotation of the chart's admission policy. Sourced by run.
# shellcheck shell=bash

# Deployments of a file of the examples, as JSON, with one annotation instead of `envFrom` and the label.
injected() { # file ConfigMaps
  kubectl create --dry-run=client -o json -f "$root/examples/$1" | jq --arg configMaps "$2" '
    if .kind == "List" then .items[] else . end | select(.kind == "Deployment") | .spec.replicas = 1 | .spec.template |= (
      .metadata.annotations["redisaccess.dev/env-from"] = $configMaps
      | del(.metadata.labels["azure.workload.identity/use"], .spec.containers[].envFrom))'
}

# The additions that AKS would make (the workload identity webhook's token and authority), the emulator's CA for Java and Python,
# and the requirements of restricted pod security.
in_this_cluster() { # reads Deployments
  jq --arg tenant "$tenant" --arg authority "$authority" '
    def var($name; $value): {name: $name, value: $value};
    .spec.template.spec |= (
      .automountServiceAccountToken = false | .terminationGracePeriodSeconds = 1
      | .securityContext = {runAsNonRoot: true, runAsUser: 65532, fsGroup: 65532, seccompProfile: {type: "RuntimeDefault"}}
      | .volumes = [
          {name: "token", projected: {sources: [{serviceAccountToken:
            {path: "azure-identity-token", audience: "api://AzureADTokenExchange", expirationSeconds: 3600}}]}},
          {name: "ca", configMap: {name: "emulator-ca"}}, {name: "tmp", emptyDir: {}}]
      | .containers[] |= (
          .imagePullPolicy = "IfNotPresent"
          | .resources = {requests: {cpu: "250m", memory: "96Mi"}, limits: {memory: "320Mi"}}
          | .securityContext = {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: ["ALL"]}}
          | .env += [
              var("AZURE_TENANT_ID"; $tenant), var("AZURE_AUTHORITY_HOST"; $authority),
              var("AZURE_FEDERATED_TOKEN_FILE"; "/var/run/secrets/azure/tokens/azure-identity-token"),
              var("SSL_CERT_FILE"; "/etc/emulator/ca.crt"), var("REQUESTS_CA_BUNDLE"; "/etc/emulator/ca.crt"),
              var("JDK_JAVA_OPTIONS"; "-Djavax.net.ssl.trustStore=/etc/emulator/trust.p12 -Djavax.net.ssl.trustStorePassword=changeit")]
          | .volumeMounts = [
              {name: "token", mountPath: "/var/run/secrets/azure/tokens", readOnly: true},
              {name: "ca", mountPath: "/etc/emulator", readOnly: true}, {name: "tmp", mountPath: "/tmp"}]))'
}

# A request through the API server, so that the container needs no HTTP client.
ask() { # namespace app port path; the body, whatever the status
  kubectl get --raw "/api/v1/namespaces/$1/pods/$(pod_of "$1" "$2"):$3/proxy$4" 2>&1
}
pod_of() { kubectl -n "$1" get pods -l "app=$2" -o jsonpath='{.items[0].metadata.name}'; } # namespace app
connected() { ask "$@" /health | grep -q '"redis_connected": *true'; } # namespace app port
disconnected() { [ "$(ask "$@" /health | grep -c 'the server is currently unable to handle the request')" -gt 0 ]; }
not_ready() { # namespace app
  [ "$(kubectl -n "$1" get pods -l "app=$2" -o jsonpath='{.items[0].status.conditions[?(@.type=="Ready")].status}')" = False ]
}
describes() { shop describe pod -l "app=$1" | grep -q "$2"; }
visit() { # namespace app port page; increments a counter in Redis
  echo '{}' | kubectl create --raw "/api/v1/namespaces/$1/pods/$(pod_of "$1" "$2"):$3/proxy/visits/$4" -f -
}
env_from() { # namespace app; container=ConfigMap,ConfigMap for each container
  kubectl -n "$1" get pods -l "app=$2" -o json | jq -r '.items[0] | [.spec.containers[]
    | .name + "=" + ([.envFrom[]?.configMapRef.name] | join(","))] | join(" ")'
}

application_needs_one_annotation() {
  step "The Java application of the examples, with a wrong name in its annotation, then with the correct one"
  local missing='configmap "orders-cahe" not found'
  injected workloads/java-lettuce/deployment.yaml orders-cahe | in_this_cluster | kubectl apply -f - >/dev/null
  await 60 "the pod waits with CreateContainerConfigError" waits_for_config java-lettuce
  await 30 "kubectl describe pod names the missing ConfigMap" describes java-lettuce "$missing"
  shop describe pod -l app=java-lettuce | grep "$missing" | tail -1 | sed 's/^ */       /'
  seen "wrong name in the annotation: pod waits; describe pod" "$missing"
  injected workloads/java-lettuce/deployment.yaml orders-cache | in_this_cluster | kubectl apply -f - >/dev/null
  shop rollout status deployment/java-lettuce --timeout=120s >/dev/null
  await 60 "one pod is left" only_one_pod shop java-lettuce
  [ "$(env_from shop java-lettuce)" = "app=orders-cache" ] || fail "envFrom is: $(env_from shop java-lettuce)"
  await 30 "java-lettuce is connected" connected shop java-lettuce 8080
  shop logs -l app=java-lettuce --tail=3 | sed 's/^/       /'
  note "$(ask shop java-lettuce 8080 /health)"
  seen "java-lettuce: one annotation; envFrom added, /health connected" "$(env_from shop java-lettuce)"
}

only_one_pod() { [ "$(kubectl -n "$1" get pods -l "app=$2" -o name | wc -l)" = 1 ]; } # namespace app

python_application_is_injected() {
  step "The Python application of the examples, with the annotation"
  if ! "$here/python-image" "$work/python.tar" example.azurecr.io/python-workload-identity:1.0 \
    "$root/examples/workloads/python-workload-identity" >"$work/python.log" 2>&1; then
    note "skipped: no image can be built from this machine's Python: $(tail -1 "$work/python.log")"
    return
  fi
  load "$work/python.tar"
  injected workloads/python-workload-identity/deployment.yaml orders-cache | in_this_cluster | kubectl apply -f - >/dev/null
  shop rollout status deployment/python-workload-identity --timeout=120s >/dev/null
  await 30 "python-workload-identity is connected" connected shop python-workload-identity 8080
  note "$(ask shop python-workload-identity 8080 /health)"
  seen "python-workload-identity: one annotation; /health connected" "$(env_from shop python-workload-identity)"
}

applications_have_lost_their_access() {
  local app
  for app in java-lettuce python-workload-identity; do
    shop get deployment "$app" >/dev/null 2>&1 || continue
    await 60 "$app returns 503" disconnected shop "$app" 8080
    await 60 "$app is not ready" not_ready shop "$app"
    shop logs -l "app=$app" --tail=2 | sed 's/^/       /'
    seen "$app: /health after the binding is deleted" "503, pod not ready"
    shop delete deployment "$app" >/dev/null
  done
}

# One process for each cache, in one pod, each with the variables of both.
two_caches() {
  injected two-caches-in-one-pod.yaml orders,sessions | jq --arg image "$(image_in "$root/examples/workloads/java-lettuce/target/jib-image.tar")" '
    .spec.template.spec.containers = [["orders", "8080"], ["sessions", "8081"] | {
      name: .[0], image: $image,
      env: [{name: "REDIS_PREFIX", value: ((.[0] | ascii_upcase) + "_")}, {name: "PORT", value: .[1]}],
      readinessProbe: {httpGet: {path: "/health", port: (.[1] | tonumber)}, timeoutSeconds: 6}}]'
}

two_caches_are_in_one_pod() {
  step "Two bindings with prefixes in one pod, one of them of a cluster with three shards"
  local subscription
  subscription="$(sed -n 's/^ *resourceId: //p' "$root/examples/quickstart/database.yaml" | cut -d/ -f1-3)"
  sed "s|/subscriptions/[^/]*/|$subscription/|" "$root/examples/two-caches-in-one-pod.yaml" |
    kubectl create --dry-run=client -o json -f - |
    jq 'if .kind == "List" then .items[] else . end | select(.kind | . != "Deployment" and . != "Namespace")' | kubectl apply -f - >/dev/null
  ready two-caches 120s rab/orders rab/sessions
  has_assignments 3 || fail "there should be three assignments in Azure"
  two_caches | in_this_cluster | kubectl apply -f - >/dev/null
  kubectl -n two-caches rollout status deployment/web --timeout=120s >/dev/null
  await 30 "orders is connected" connected two-caches web 8080
  await 30 "sessions is connected" connected two-caches web 8081
  seen "two bindings with prefixes in one pod, both connected" "$(env_from two-caches web)"
  every_shard_is_used
  kubectl -n two-caches delete rab --all --timeout=120s >/dev/null
  await 60 "orders returns 503" disconnected two-caches web 8080
  await 60 "sessions returns 503" disconnected two-caches web 8081
  has_assignments 1 || fail "the two assignments still exist"
  seen "both bindings deleted: /health of both" 503
  kubectl -n two-caches delete deployment web >/dev/null
  kubectl delete redisdb two-caches-orders two-caches-sessions --timeout=60s >/dev/null
}

# Each shard has its own address and port: write a key of each.
every_shard_is_used() {
  local page
  for page in $(seq 1 12); do
    visit two-caches web 8081 "page-$page" | grep -q '"visits": 1' || fail "the visit of page-$page was not counted"
  done
  seen "keys of all three shards written through the cluster client" "12 of 12"
}
