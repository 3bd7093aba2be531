# The emulator, outside the cluster, with the Azure resources of the examples. Sourced by run.
# shellcheck shell=bash

redis_host=orders.westus2.redis.azure.net
sessions_host=sessions.westus2.redis.azure.net # OSSCluster, with three shards
stock_host=stock.westus2.redis.azure.net # its workload has an identity binding
tenant=5b0e6d0c-7a4f-4c57-9d1e-2f8c3a6b9e01
operator_client=5b0e6d0c-7a4f-4c57-9d1e-2f8c3a6b9e02
audience=api://AzureADTokenExchange

subscription() { sed -n 's/^ *resourceId: //p' "$root/examples/quickstart/database.yaml" | cut -d/ -f1-3; }

azure_config() { # how many further identities, crowd-1 and so on
  local issuer cluster client web stock subscription number
  issuer="$(kubectl get --raw /.well-known/openid-configuration | jq -r .issuer)"
  cluster="$(sed -n 's/^ *resourceId: //p' "$root/examples/quickstart/database.yaml")"
  client="$(sed -n 's/^ *azure.workload.identity\/client-id: //p' "$root/examples/quickstart/serviceaccount.yaml")"
  web="$(sed -n 's/^ *azure.workload.identity\/client-id: //p' "$root/examples/two-caches-in-one-pod.yaml")"
  stock="$(sed -n 's/^ *azure.workload.identity\/client-id: //p' "$root/examples/identity-binding.yaml")"
  subscription="$(subscription)"
  cat <<Y
tenantId: $tenant
timing: ${E2E_TIMING:-fast}
issuers:
  - {issuer: "$issuer", keys: "$work/jwks.json"}
tokenProxy:
  identityBindings: [$stock]
  kubernetes: {server: "$(server)", caFile: "$work/kubernetes-ca.crt", tokenFile: "$work/token-proxy.token"}
clusters:
  - resourceId: $cluster
    location: West US 2
    sku: Balanced_B0
    hostName: $redis_host
    databases:
      - {name: default, port: 10000, clusteringPolicy: NoCluster, accessKeysAuthentication: Disabled}
  - resourceId: ${cluster%/*}/sessions
    location: West US 2
    sku: Balanced_B0
    hostName: $sessions_host
    databases:
      - {name: default, port: 10001, clusteringPolicy: OSSCluster, accessKeysAuthentication: Disabled, shards: 3}
  - resourceId: $subscription/resourceGroups/stock/providers/Microsoft.Cache/redisEnterprise/stock
    location: West US 2
    sku: Balanced_B0
    hostName: $stock_host
    databases:
      - {name: default, port: 10010, clusteringPolicy: NoCluster, accessKeysAuthentication: Disabled}
identities:
$(identity redis-access-operator "$operator_client" redis-access-system redis-access-operator)
    roles:
      - {scope: $subscription, role: Redis Access Operator}
$(identity orders "$client" shop orders)
$(identity web "$web" two-caches web)
  - resourceId: $subscription/resourceGroups/stock/providers/Microsoft.ManagedIdentity/userAssignedIdentities/stock
    clientId: $stock
    principalId: $(cat /proc/sys/kernel/random/uuid)
Y
  for number in $(seq 1 "$1"); do identity "crowd-$number" "$(crowd_client "$number")" crowd "crowd-$number"; done
}

crowd_client() { printf '5b0e6d0c-7a4f-4c57-9d1e-%012d' "$1"; }

identity() { # name client namespace serviceaccount; reads the variables of azure_config
  cat <<Y
  - resourceId: $subscription/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/$1
    clientId: $2
    principalId: $(cat /proc/sys/kernel/random/uuid)
    federatedCredentials:
      - {name: $4, issuer: "$issuer", subject: "system:serviceaccount:$3:$4", audiences: ["$audience"]}
Y
}

start_azure() {
  kubectl get --raw /openid/v1/jwks >"$work/jwks.json"
  # The token proxy of AKS reviews who may use an identity at the API server.
  kubectl config view --minify --raw --flatten -o jsonpath='{.clusters[0].cluster.certificate-authority-data}' | base64 -d \
    >"$work/kubernetes-ca.crt"
  kubectl -n "$system" create serviceaccount token-proxy >/dev/null
  kubectl create clusterrolebinding e2e-token-proxy --clusterrole=system:auth-delegator \
    --serviceaccount="$system:token-proxy" >/dev/null
  kubectl -n "$system" create token token-proxy --duration=2h >"$work/token-proxy.token"
  azure_config "$crowd" >"$work/emulator.yaml"
  java -jar "$root/emulator/target/emulator.jar" --config "$work/emulator.yaml" --state "$work/azure" \
    --bind "$E2E_HOST_ADDRESS" >"$work/emulator.log" 2>&1 &
  azure_pid=$!
  await 60 "the emulator's endpoints" test -f "$work/azure/endpoints.json"
  arm="$(endpoint .arm)"
  authority="$(endpoint .authority)"
}

server() { kubectl config view --minify -o jsonpath='{.clusters[0].cluster.server}'; }

endpoint() { jq -r "$1" "$work/azure/endpoints.json"; }
control() { curl -sS --fail --cacert "$work/azure/ca.pem" "$(endpoint .control)$1" "${@:2}"; }

assignments() { control /state | jq '[.databases[].assignments[]] | length'; }
has_assignments() { [ "$(assignments)" = "$1" ]; }
forget_requests() { control /requests -X DELETE; }
arm_requests() { # jq condition on one request
  control /requests | jq "[.requests[] | select(.service == \"arm\") | select($1)] | length"
}
arm_was_read() { [ "$(arm_requests '.method == "GET"')" -gt 0 ]; }
arm_writes() { arm_requests '.method != "GET"'; }
no_arm_writes() { [ "$(arm_writes)" = 0 ]; }
