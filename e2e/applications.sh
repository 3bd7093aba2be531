# Applications of examples/workloads on the node, with the annotation of the chart's admission policy. Sourced by run.
# shellcheck shell=bash

# Deployments of a file of the examples, as JSON, with one annotation instead of `envFrom` and the label.
injected() { # file ConfigMaps
  kubectl create --dry-run=client -o json -f "$root/examples/$1" | jq --arg configMaps "$2" '
    if .kind == "List" then .items[] else . end | select(.kind == "Deployment") | .spec.replicas = 1 | .spec.template |= (
      .metadata.annotations["redisaccess.dev/env-from"] = $configMaps
      | del(.metadata.labels["azure.workload.identity/use"], .spec.containers[].envFrom))'
}

# The additions that AKS would make (the workload identity webhook's token and authority), the emulator's CA for Java,
# Python, Node.js and Go, and the requirements of restricted pod security.
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
          | .resources = {requests: {cpu: "100m", memory: "96Mi"}, limits: {memory: "320Mi"}}
          | .securityContext = {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: ["ALL"]}}
          | .env += [
              var("AZURE_TENANT_ID"; $tenant), var("AZURE_AUTHORITY_HOST"; $authority),
              var("AZURE_FEDERATED_TOKEN_FILE"; "/var/run/secrets/azure/tokens/azure-identity-token"),
              var("SSL_CERT_FILE"; "/etc/emulator/ca.crt"), var("REQUESTS_CA_BUNDLE"; "/etc/emulator/ca.crt"),
              var("NODE_EXTRA_CA_CERTS"; "/etc/emulator/ca.crt"),
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

# The applications in other languages, with the annotation. Their images are made from this machine's interpreters and compilers.
other_applications=(python-workload-identity nodejs go)

other_applications_are_injected() {
  local app
  for app in "${other_applications[@]}"; do
    step "The application $app of the examples, with the annotation"
    if ! "$here/application-image" "$work/$app.tar" "example.azurecr.io/$app:1.0" "$root/examples/workloads/$app" \
      >"$work/$app.log" 2>&1; then
      note "skipped: this machine cannot build its image: $(tail -1 "$work/$app.log")"
      rm -f "$work/$app.tar"
      continue
    fi
    load "$work/$app.tar"
    injected "workloads/$app/deployment.yaml" orders-cache | in_this_cluster | kubectl apply -f - >/dev/null
    shop rollout status "deployment/$app" --timeout=120s >/dev/null
    await 30 "$app is connected" connected shop "$app" 8080
    note "$(ask shop "$app" 8080 /health)"
    visit shop "$app" 8080 "$app" | grep -q '"visits": *1' || fail "$app did not write to Redis"
    seen "$app: one annotation; /health connected, visit counted" "$(env_from shop "$app")"
  done
}

applications_have_lost_their_access() {
  local app
  for app in java-lettuce "${other_applications[@]}"; do
    shop get deployment "$app" >/dev/null 2>&1 || continue
    await 60 "$app returns 503" disconnected shop "$app" 8080
    await 60 "$app is not ready" not_ready shop "$app"
    shop logs -l "app=$app" --tail=2 | sed 's/^/       /'
    seen "$app: /health after the binding is deleted" "503, pod not ready"
    shop delete deployment "$app" >/dev/null
  done
}

# The example of an identity binding. Its identity has no federated credential for a ServiceAccount.
stock_objects() { # jq condition on one object
  sed "s|/subscriptions/[^/]*/|$(subscription)/|" "$root/examples/identity-binding.yaml" |
    kubectl create --dry-run=client -o json -f - | jq "if .kind == \"List\" then .items[] else . end | select($1)"
}

# The Python application as the team of `stock` would deploy it, with what the workload identity webhook adds to a pod with the
# annotation for identity bindings: the token for the other audience, and the token proxy.
stock_deployment() {
  injected workloads/python-workload-identity/deployment.yaml stock-cache | in_this_cluster | jq \
    --arg url "$(endpoint .tokenProxy.url)" --arg serverName "$(endpoint .tokenProxy.serverName)" '
    def var($name; $value): {name: $name, value: $value};
    .metadata.namespace = "stock" | .metadata.name = "stock" | .spec.selector.matchLabels = {app: "stock"}
    | .spec.template |= (
      .metadata.labels.app = "stock" | .spec.serviceAccountName = "stock"
      | .spec.volumes[0].projected.sources[0].serviceAccountToken.audience = "api://AKSIdentityBinding"
      | .spec.containers[0].env += [
          var("AZURE_KUBERNETES_TOKEN_PROXY"; $url), var("AZURE_KUBERNETES_SNI_NAME"; $serverName),
          var("AZURE_KUBERNETES_CA_FILE"; "/etc/emulator/token-proxy.crt")])'
}

reason_is() { # namespace binding condition reason
  kubectl -n "$1" get rab "$2" -o jsonpath="{.status.conditions[?(@.type==\"$3\")].reason}" | grep -qx "$4"
}
stock_annotation() {
  kubectl -n stock get pods -l app=stock -o json |
    jq -r '.items[0].metadata.annotations["azure.workload.identity/use-identity-binding"]'
}
at_token_proxy() { # regular expression for the user agent; how many tokens its clients got
  control /requests | jq --arg agent "$1" \
    '[.requests[] | select(.service == "tokenProxy" and .status == 200 and ((.userAgent // "") | test($agent)))] | length'
}

identity_binding_is_used() {
  step "A workload with an AKS identity binding, and no federated credential"
  stock_objects '.kind | . != "ClusterRole" and . != "ClusterRoleBinding" and . != "Namespace"' | kubectl apply -f - >/dev/null
  await 60 "the binding reports the missing permission" reason_is stock stock-cache IdentityResolved IdentityBindingNotAuthorized
  seen "without the ClusterRoleBinding: the binding's reason" IdentityBindingNotAuthorized
  stock_objects '.kind | . == "ClusterRole" or . == "ClusterRoleBinding"' | kubectl apply -f - >/dev/null
  ready stock 180s rab/stock-cache
  seen "with it: binding Ready, identified by" "$(kubectl -n stock get rab stock-cache -o jsonpath='{.status.identity.federation}')"
  if [ ! -e "$work/python-workload-identity.tar" ]; then
    note "skipped: the pod, because azure-identity for Python is the only release that can use the token proxy"
  else
    forget_requests
    stock_deployment | kubectl apply -f - >/dev/null
    kubectl -n stock rollout status deployment/stock --timeout=120s >/dev/null
    [ "$(stock_annotation)" = true ] || fail "the pod's annotation for identity bindings is: $(stock_annotation)"
    await 30 "stock is connected" connected stock stock 8080
    note "$(ask stock stock 8080 /health)"
    visit stock stock 8080 home | grep -q '"visits": *1' || fail "the workload did not write to Redis"
    [ "$(at_token_proxy 'azsdk-python-identity|python')" -gt 0 ] || fail "no token of the pod came from the token proxy"
    seen "Python pod, injected and annotated: connected; tokens from the token proxy" "$(at_token_proxy 'azsdk-python-identity|python')"
  fi
  kubectl -n stock delete rab stock-cache --timeout=120s >/dev/null
  has_assignments 1 || fail "the assignment of stock still exists"
  if kubectl -n stock get deployment stock >/dev/null 2>&1; then
    await 60 "stock returns 503" disconnected stock stock 8080
    seen "its binding deleted: /health" 503
    kubectl -n stock delete deployment stock >/dev/null
  fi
  kubectl delete redisdb stock-cache --timeout=60s >/dev/null
  stock_objects '.kind | . == "ClusterRole" or . == "ClusterRoleBinding"' | kubectl delete -f - >/dev/null
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
  sed "s|/subscriptions/[^/]*/|$(subscription)/|" "$root/examples/two-caches-in-one-pod.yaml" |
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
