#!/usr/bin/env bash
# The Azure side with the az CLI, one command at a time. Set these first:
set -euo pipefail
: "${GROUP:?resource group of the identities and of the Redis cluster}"
: "${AKS:?name of the AKS cluster, in the same group}"
: "${REDIS:?name of the Azure Managed Redis cluster, in the same group}"
: "${NAMESPACE:?namespace of the workload, such as shop}"
: "${SERVICE_ACCOUNT:?ServiceAccount of the workload, such as orders}"

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
subscription="$(az account show --query id --output tsv)"
issuer="$(az aks show --resource-group "$GROUP" --name "$AKS" --query oidcIssuerProfile.issuerUrl --output tsv)"
redis="$(az redisenterprise show --resource-group "$GROUP" --name "$REDIS" --query id --output tsv)"

# The operator: its identity …
az identity create --resource-group "$GROUP" --name redis-access-operator
az identity federated-credential create --resource-group "$GROUP" --identity-name redis-access-operator \
  --name redis-access-operator --issuer "$issuer" --audiences api://AzureADTokenExchange \
  --subject system:serviceaccount:redis-access-system:redis-access-operator

# … and its role: five actions, on this cluster only.
az role definition create \
  --role-definition "$(sed "s/00000000-0000-0000-0000-000000000001/$subscription/" "$here/operator-role.json")"
principal="$(az identity show --resource-group "$GROUP" --name redis-access-operator --query principalId --output tsv)"
# A new role and a new principal take some minutes to replicate in Azure: repeat the command if it fails.
az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
  --role "Redis Access Operator" --scope "$redis"

# The workload: an identity that its ServiceAccount can use. It gets no role.
az identity create --resource-group "$GROUP" --name "$SERVICE_ACCOUNT"
# Or an identity binding, for more than twenty ServiceAccounts of an identity; then examples/identity-binding.yaml:
# az aks identity-binding create --resource-group "$GROUP" --cluster-name "$AKS" --name "$SERVICE_ACCOUNT" \
#   --managed-identity-resource-id "$(az identity show --resource-group "$GROUP" --name "$SERVICE_ACCOUNT" --query id --output tsv)"
az identity federated-credential create --resource-group "$GROUP" --identity-name "$SERVICE_ACCOUNT" \
  --name "$SERVICE_ACCOUNT" --issuer "$issuer" --audiences api://AzureADTokenExchange \
  --subject "system:serviceaccount:$NAMESPACE:$SERVICE_ACCOUNT"

echo "helm install: --set azure.clientId=$(az identity show --resource-group "$GROUP" --name redis-access-operator --query clientId --output tsv)"
echo "RedisDatabase: spec.resourceId: $redis"
echo "ServiceAccount: azure.workload.identity/client-id: $(az identity show --resource-group "$GROUP" --name "$SERVICE_ACCOUNT" --query clientId --output tsv)"
