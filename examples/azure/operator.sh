#!/usr/bin/env bash
# The operator's identity and its role, once for each cluster of Kubernetes and of Redis, with the az CLI. It may be run again.
# Set these first:
set -euo pipefail
: "${GROUP:?resource group of the identities and of the Redis cluster}"
: "${AKS:?name of the AKS cluster, in the same group}"
: "${REDIS:?name of the Azure Managed Redis cluster, in the same group}"

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
subscription="$(az account show --query id --output tsv)"
issuer="$(az aks show --resource-group "$GROUP" --name "$AKS" --query oidcIssuerProfile.issuerUrl --output tsv)"
redis="$(az redisenterprise show --resource-group "$GROUP" --name "$REDIS" --query id --output tsv)"

az identity create --resource-group "$GROUP" --name redis-access-operator
az identity federated-credential create --resource-group "$GROUP" --identity-name redis-access-operator \
  --name "redis-access-operator-$AKS" --issuer "$issuer" --audiences api://AzureADTokenExchange \
  --subject system:serviceaccount:redis-access-system:redis-access-operator

# Five actions, on this cluster only. The name of a role is unique in a tenant: a second run keeps it.
if [ -z "$(az role definition list --name "Redis Access Operator" --query '[].name' --output tsv)" ]; then
  az role definition create \
    --role-definition "$(sed "s/00000000-0000-0000-0000-000000000001/$subscription/" "$here/operator-role.json")"
fi
principal="$(az identity show --resource-group "$GROUP" --name redis-access-operator --query principalId --output tsv)"
# A new role and a new principal take some minutes to replicate in Azure.
for attempt in 1 2 3 4 5 6 7 8 9 10; do
  if az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
    --role "Redis Access Operator" --scope "$redis"; then
    break
  fi
  [ "$attempt" -lt 10 ] || { echo "The role is not assigned yet. Run this script again in some minutes." >&2; exit 1; }
  sleep 30
done

echo "helm install: --set azure.clientId=$(az identity show --resource-group "$GROUP" --name redis-access-operator --query clientId --output tsv)"
echo "RedisDatabase: spec.resourceId: $redis"
