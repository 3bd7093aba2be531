#!/usr/bin/env bash
# The identity of one workload, with the az CLI: run it once for each workload. The identity gets no role, because the operator grants
# its access to the database. Set these first:
set -euo pipefail
: "${GROUP:?resource group of the identity}"
: "${AKS:?name of the AKS cluster, in the same group}"
: "${NAMESPACE:?namespace of the workload, such as shop}"
: "${SERVICE_ACCOUNT:?ServiceAccount of the workload, such as orders}"

issuer="$(az aks show --resource-group "$GROUP" --name "$AKS" --query oidcIssuerProfile.issuerUrl --output tsv)"
name="$NAMESPACE-$SERVICE_ACCOUNT" # the same ServiceAccount name may be in many namespaces

az identity create --resource-group "$GROUP" --name "$name"
# Or an identity binding, for more than twenty ServiceAccounts of an identity; then examples/identity-binding.yaml:
# az aks identity-binding create --resource-group "$GROUP" --cluster-name "$AKS" --name "$name" \
#   --managed-identity-resource-id "$(az identity show --resource-group "$GROUP" --name "$name" --query id --output tsv)"
az identity federated-credential create --resource-group "$GROUP" --identity-name "$name" \
  --name "$AKS-$name" --issuer "$issuer" --audiences api://AzureADTokenExchange \
  --subject "system:serviceaccount:$NAMESPACE:$SERVICE_ACCOUNT"

echo "ServiceAccount: azure.workload.identity/client-id: $(az identity show --resource-group "$GROUP" --name "$name" --query clientId --output tsv)"
