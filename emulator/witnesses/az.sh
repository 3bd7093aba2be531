#!/usr/bin/env bash
# The Azure CLI of PyPI, unmodified: registers the cloud, logs in with the principal for tools, and runs the README's commands.
# AZ is the program; ENDPOINTS is endpoints.json. Responses go to standard error, one line for each operation to standard output.
set -uo pipefail
value() { python3 -c 'import json,os,sys; print(json.load(open(os.environ["ENDPOINTS"]))[sys.argv[1]])' "$1"; }
arm=$(value arm)
REQUESTS_CA_BUNDLE=$(value caFile)
AZURE_CONFIG_DIR=$(mktemp -d)
trap 'rm -rf "$AZURE_CONFIG_DIR"' EXIT
export REQUESTS_CA_BUNDLE AZURE_CONFIG_DIR
export AZURE_CORE_COLLECT_TELEMETRY=false AZURE_CORE_NO_COLOR=true AZURE_CORE_INSTANCE_DISCOVERY=false
subscription=22222222-2222-2222-2222-222222222222
group=/subscriptions/$subscription/resourceGroups/witness-az
database=/subscriptions/$subscription/resourceGroups/shop/providers/Microsoft.Cache/redisEnterprise/orders/databases/default
workload=44444444-4444-4444-4444-444444444444

witness() { # operation, and a list of commands as functions or strings
  local operation=$1
  shift
  local result=works
  for command in "$@"; do
    eval "$command" 1>&2 || result=FAILS
  done
  printf '%s\taz\t%s\n' "$result" "$operation"
}
az() { timeout 120 "$AZ" "$@"; }

witness "cloud register, cloud set, login" \
  'az cloud register -n local --endpoint-resource-manager "$arm"' \
  'az cloud set -n local' \
  'az login --service-principal -u 77777777-7777-7777-7777-777777777777 -p for-local-use-only --tenant "$(value tenantId)" -o none'
witness "group create, exists" \
  'az group create -n witness-az -l westus2 --tags a=b -o none' \
  '[ "$(az group exists -n witness-az)" = true ]'
witness "identity create, show (tags)" \
  'az identity create -g witness-az -n orders -l westus2 --tags x=y -o none' \
  '[ "$(az identity show -g witness-az -n orders --query tags.x -o tsv)" = y ]'
witness "identity federated-credential create" \
  'az identity federated-credential create -g witness-az --identity-name orders -n k8s --issuer https://k.test --subject system:serviceaccount:a:b --audiences api://AzureADTokenExchange -o none'
witness "role assignment create, list, delete" \
  'az role assignment create --assignee-object-id $workload --assignee-principal-type ServicePrincipal --role Reader --scope $group -o none' \
  '[ "$(az role assignment list --assignee $workload --scope $group --query "length(@)")" = 1 ]' \
  'az role assignment delete --assignee $workload --role Reader --scope $group'
witness "rest: assignment PUT, GET, DELETE" \
  'az rest --method put --url "$database/accessPolicyAssignments/az?api-version=2025-07-01" --body "{\"properties\":{\"accessPolicyName\":\"default\",\"user\":{\"objectId\":\"99999999-0000-0000-0000-000000000003\"}}}" -o none' \
  'sleep 2' \
  '[ "$(az rest --method get --url "$arm$database/accessPolicyAssignments/az?api-version=2025-07-01" --query properties.provisioningState -o tsv)" = Succeeded ]' \
  'az rest --method delete --url "$database/accessPolicyAssignments/az?api-version=2025-07-01"'
witness "resource list, provider show" \
  '[ "$(az resource list -g shop --query "length(@)")" -ge 2 ]' \
  '[ "$(az provider show -n Microsoft.Cache --query registrationState -o tsv)" = Registered ]'
witness "account get-access-token (Redis), list-locations" \
  'az account get-access-token --resource https://redis.azure.com --query tokenType' \
  'az account list-locations --query "length(@)"'
witness "group delete" \
  'az group delete -n witness-az --yes' \
  '[ "$(az group exists -n witness-az)" = false ]'
