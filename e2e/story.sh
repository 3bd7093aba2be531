# The steps, in order. Each ends with its results. Sourced by run.
# shellcheck shell=bash

build_and_load() {
  step "Build the jars and the images"
  local base=()
  [ -z "${E2E_BASE_IMAGE:-}" ] || base=("-Djib.from.image=$E2E_BASE_IMAGE")
  # shellcheck disable=SC2086
  (cd "$root" && ${E2E_MVN:-mvn -q -B} -DskipTests -pl operator,emulator,examples/workloads/java-lettuce -am \
    package jib:buildTar "${base[@]}")
  local operator="$root/operator/target/jib-image.tar" cache=no image
  if [ "$(uname -sm)" = "Linux x86_64" ]; then # the only platform that can build a cache
    operator="$work/operator.tar" cache=yes
    MVN="${E2E_MVN:-mvn -q -B}" "$root/image/build" --tar "$operator" ${E2E_BASE_IMAGE:+--base "$E2E_BASE_IMAGE"} |
      sed 's/^/       /'
  fi
  local workload="$root/examples/workloads/java-lettuce/target/jib-image.tar"
  for image in "$operator" "$workload"; do load "$image"; done
  operator_image="$(image_in "$operator")"
  workload_image="$(image_in "$workload")"
  seen "operator image built and loaded, MiB (compressed)" "$(($(stat -c %s "$operator") / 1048576))"
  seen "it has an AOT cache" "$cache"
}

load() { # a docker archive
  local command
  # shellcheck disable=SC2059
  printf -v command "$E2E_LOAD_IMAGE" "$1"
  bash -c "$command" >"$work/load.log" 2>&1 || { cat "$work/load.log" >&2; fail "image not loaded: $command"; }
}

install_operator() {
  step "Start the emulator outside the cluster, install the chart"
  local command host namespace
  kubectl create namespace "$system" >/dev/null
  start_azure
  for host in "$redis_host" "$sessions_host" "$stock_host"; do
    # shellcheck disable=SC2059
    printf -v command "$E2E_NAME_HOST" "$host" "$E2E_HOST_ADDRESS"
    bash -c "$command"
  done
  keytool -importcert -noprompt -file "$work/azure/ca.pem" -alias emulator -keystore "$work/trust.p12" -storepass changeit \
    >/dev/null 2>&1 # for the JVM, which reads no PEM file
  for namespace in "$system" shop two-caches stock; do
    [ "$namespace" = "$system" ] || kubectl create namespace "$namespace" >/dev/null
    kubectl label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted >/dev/null
    kubectl -n "$namespace" create configmap emulator-ca --from-file=ca.crt="$work/azure/ca.pem" \
      --from-file=token-proxy.crt="$(endpoint .tokenProxy.caFile)" --from-file="$work/trust.p12" >/dev/null
  done
  kubectl label namespace stock redisaccess.dev/identity-bindings=true >/dev/null # the injection adds the pod's annotation
  chart
  await 60 "a pod of the operator holds the lease" held_by_one_of_the_pods
  seen "chart installed, restricted pod security; s from container start to Ready" "$(startup_seconds)"
  await 90 "kubelet's figures of the operator" measured
  seen "operator's memory without bindings, MiB" "$(operator_memory)"
}

workload_waits_then_starts() {
  step "A Deployment whose ConfigMap does not exist"
  kubectl apply -f "$root/examples/quickstart/database.yaml" -f "$root/examples/quickstart/serviceaccount.yaml" >/dev/null
  filled workload.yaml | kubectl apply -f - >/dev/null
  await 60 "the pod waits with CreateContainerConfigError" waits_for_config
  throughout 5 "the pod waits while there is no binding" waits_for_config
  seen "pod waits with CreateContainerConfigError"

  step "The binding"
  local applied now
  applied="$(date +%s)"
  kubectl apply -f "$root/examples/quickstart/binding.yaml" >/dev/null
  ready shop 120s rab/orders-cache
  now="$(date +%s)"
  seen "kubectl wait: binding Ready, s after apply" "$((now - applied))"
  has_assignments 1 || fail "there should be one assignment in Azure"
  shop rollout status deployment/orders --timeout=120s >/dev/null
  seen "pod started without further action, s after apply" "$(($(date +%s) - applied))"
  await 60 "the workload logs in" connected shop orders 8080
  visit shop orders 8080 home | grep -q '"visits": 1' || fail "the workload did not write to Redis"
  visit shop orders 8080 home | grep -q '"visits": 2' || fail "the workload did not read the value that it wrote"
  seen "workload logged in as" "$(shop get configmap orders-cache -o jsonpath='{.data.REDIS_USERNAME}')"
  ! workload_logged 'WRONGPASS\|no connection to Redis' || fail "Redis refused a login of the workload before its first success"
  [ "$(workload_restarts)" = 0 ] || fail "the workload's container was restarted"
  seen "no refused login and no restart before"
  kubectl get rab -A -o wide | sed 's/^/       /'
  shop get events --field-selector involvedObject.kind=RedisAccessBinding \
    -o custom-columns=TYPE:.type,REASON:.reason,MESSAGE:.message >"$work/events"
  [ "$(wc -l <"$work/events")" -gt 1 ] || fail "the binding has no events"
  sed 's/^/       /' "$work/events"
  seen "events of the binding" "$(($(wc -l <"$work/events") - 1))"
}

config_map_is_restored() {
  step "Delete the ConfigMap"
  local deleted
  deleted="$(date +%s%3N)"
  shop delete configmap orders-cache --wait=false >/dev/null
  await 10 "the ConfigMap is restored" shop get configmap orders-cache
  seen "ConfigMap deleted by hand: restored, ms (includes kubectl's own start)" "$(($(date +%s%3N) - deleted))"
}

operator_is_killed() {
  step "Kill the operator's pod"
  local before after pod
  pod="$(operator_pod)"
  before="$(workload_uid)"
  forget_requests
  kubectl -n "$system" delete pod "$pod" --force --grace-period=0 >/dev/null 2>&1
  await 60 "another pod of the operator holds the lease" held_by_other_than "$pod"
  kubectl -n "$system" rollout status "deployment/$release" --timeout=120s >/dev/null
  await 60 "the new operator reads from Azure" arm_was_read
  throughout 10 "no write to Azure" no_arm_writes
  ready shop 10s rab/orders-cache
  after="$(workload_uid)"
  [ "$before" = "$after" ] || fail "the workload's pod was replaced"
  seen "operator killed: new one leads and reads from Azure; writes to Azure" "$(arm_writes)"
}

many_bindings() {
  step "$crowd more bindings"
  kubectl patch redisdb orders-cache --type=merge -p '{"spec":{"allowedNamespaces":{"names":["shop","crowd"]}}}' >/dev/null
  local applied
  applied="$(date +%s)"
  crowd_objects | kubectl apply -f - >/dev/null
  ready crowd 300s rab --all
  has_assignments $((crowd + 1)) || fail "there should be $((crowd + 1)) assignments in Azure"
  seen "$crowd more bindings Ready, s" "$(($(date +%s) - applied))"
  sleep 20 # kubelet measures every ten seconds or so
  seen "operator's memory with $((crowd + 1)) bindings, MiB" "$(operator_memory)"
}

leader_is_killed_after_an_upgrade() {
  step "helm upgrade to two replicas, then kill the leader"
  local before leader killed
  before="$(workload_uid)"
  forget_requests
  chart --set replicas=2 --set-string podAnnotations.upgraded=yes
  await 60 "the lease is held by a new pod" held_by_one_of_the_pods
  await 60 "the upgraded operator reads from Azure" arm_was_read
  throughout 5 "no write to Azure" no_arm_writes
  [ "$before" = "$(workload_uid)" ] || fail "the workload's pod was replaced by the upgrade"
  seen "helm upgrade: two replicas, writes to Azure" "$(arm_writes)"

  leader="$(holder)"
  killed="$(date +%s)"
  kubectl -n "$system" delete pod "$leader" --force --grace-period=0 >/dev/null 2>&1
  await 60 "the other replica takes the lease" held_by_other_than "$leader"
  seen "leader killed: the other leads after, s" "$(($(date +%s) - killed))"
  kubectl -n crowd delete rab crowd-1 --timeout=120s >/dev/null
  has_assignments "$crowd" || fail "the new leader did not revoke exactly one assignment"
  [ "$(arm_writes)" = 1 ] || fail "the new leader wrote $(arm_writes) times to Azure instead of once"
  seen "the new leader revokes a deleted binding; writes to Azure" "$(arm_writes)"
}

operator_stops_gracefully() {
  step "Delete the leader's pod, as a drain of its node does"
  local leader deleted watch exit_code
  leader="$(holder)"
  forget_requests
  kubectl -n "$system" get pod "$leader" -w --output-watch-events=false \
    -o jsonpath='{.status.containerStatuses[0].state.terminated.exitCode}{"\n"}' >"$work/exit-codes" 2>/dev/null &
  watch=$!
  deleted="$(date +%s)"
  kubectl -n "$system" delete pod "$leader" --wait=false >/dev/null
  await 60 "another replica takes the lease" held_by_other_than "$leader"
  seen "leader's pod deleted: another leads after, s" "$(($(date +%s) - deleted))"
  await 60 "the pod is gone" gone pod "$leader" -n "$system"
  { kill "$watch"; wait "$watch"; } 2>/dev/null || true
  exit_code="$(grep -m1 . "$work/exit-codes" || true)"
  [ "$exit_code" != 137 ] || fail "the operator did not stop within its grace period and was killed"
  seen "it stopped in order; s, exit code" "$(($(date +%s) - deleted)), ${exit_code:-unknown}"
  throughout 5 "no write to Azure" no_arm_writes
  ready shop 10s rab/orders-cache
  kubectl -n "$system" rollout status "deployment/$release" --timeout=120s >/dev/null
  [ -z "$(operator_restarts | tr -d '0 ')" ] || fail "the operator's containers were restarted: $(operator_restarts)"
  seen "restarts of the operator's containers by probes or crashes" 0
}

release_is_uninstalled_and_installed() {
  step "helm uninstall, and install again"
  forget_requests
  helm uninstall "$release" -n "$system" --wait --timeout 2m >/dev/null
  await 60 "the operator's pods are gone" no_operators
  shop get rab orders-cache >/dev/null
  has_assignments "$crowd" || fail "assignments changed with the uninstall"
  fresh_workload
  no_arm_writes || fail "the uninstall wrote to Azure"
  seen "uninstalled: bindings, assignments and logins of new pods stay; writes" "$(arm_writes)"
  chart
  await 60 "the operator holds the lease" held_by_one_of_the_pods
  await 60 "the operator reads from Azure" arm_was_read
  throughout 5 "no write to Azure" no_arm_writes
  ready shop 30s rab/orders-cache
  seen "installed again: binding Ready; writes to Azure" "$(arm_writes)"
}

# The next pod of the workload starts at once with the existing ConfigMap, and logs in.
fresh_workload() {
  shop delete pod -l app=orders --wait=true >/dev/null
  shop rollout status deployment/orders --timeout=120s >/dev/null
  await 60 "the workload's next pod logs in" connected shop orders 8080
}

binding_is_deleted() {
  step "Delete the binding"
  local deleted
  await 60 "the workload is connected" connected shop orders 8080
  deleted="$(date +%s)"
  shop delete rab orders-cache --timeout=120s >/dev/null
  has_assignments $((crowd - 1)) || fail "the assignment still exists"
  seen "kubectl delete rab: assignment deleted, s" "$(($(date +%s) - deleted))"
  await 30 "the workload's open connection ends" disconnected shop orders 8080
  seen "the workload's open connection was cut"
  await 60 "the workload's next login is refused with WRONGPASS" workload_logged 'no connection to Redis: WRONGPASS'
  seen "the workload's next login" "refused, WRONGPASS"
  applications_have_lost_their_access
  await 60 "the ConfigMap is garbage-collected" gone configmap orders-cache -n shop
  shop delete pod -l app=orders --wait=true >/dev/null
  await 60 "its next pod waits" waits_for_config
  seen "ConfigMap deleted; the next pod waits again"
  kubectl -n crowd delete rab --all --timeout=180s >/dev/null
  has_assignments 0 || fail "assignments are left in Azure"
  kubectl delete redisdb --all --timeout=60s >/dev/null
  seen "all bindings and databases deleted; assignments left" "$(assignments)"
}
