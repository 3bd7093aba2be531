// The operator's identity, federated credential and custom role on one Azure Managed Redis cluster,
// and one workload's identity with its federated credential. All in the resource group of the Redis cluster.

@description('Name of the Azure Managed Redis cluster.')
param clusterName string

@description('OIDC issuer of the Kubernetes cluster, exactly as `az aks show --query oidcIssuerProfile.issuerUrl` prints it.')
param issuer string

@description('Namespace and ServiceAccount of the operator, as the Helm chart names them.')
param operatorSubject string = 'system:serviceaccount:redis-access-system:redis-access-operator'

@description('Namespace of the workload.')
param workloadNamespace string = 'shop'

@description('ServiceAccount of the workload.')
param workloadServiceAccount string = 'orders'

@description('Name of the AKS cluster, in this resource group, for an identity binding of the workload instead of a federated credential. Empty: none.')
param identityBindingCluster string = ''

param location string = resourceGroup().location

var audience = 'api://AzureADTokenExchange'

resource redis 'Microsoft.Cache/redisEnterprise@2025-07-01' existing = {
  name: clusterName
}

resource operator 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'redis-access-operator'
  location: location
}

resource operatorCredential 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = {
  parent: operator
  name: 'redis-access-operator'
  properties: {
    issuer: issuer
    subject: operatorSubject
    audiences: [audience]
  }
}

resource operatorRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'redis-access-operator')
  properties: {
    roleName: 'Redis Access Operator (${resourceGroup().name})'
    description: 'Reads Azure Managed Redis databases, and grants and revokes access to them.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          'Microsoft.Cache/redisEnterprise/read'
          'Microsoft.Cache/redisEnterprise/databases/read'
          'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/read'
          'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write'
          'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/delete'
        ]
        notActions: []
      }
    ]
  }
}

// On this cluster only. For all clusters of this resource group, assign it at the group.
resource operatorAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(redis.id, operator.id, operatorRole.id)
  scope: redis
  properties: {
    principalId: operator.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: operatorRole.id
  }
}

// The workload gets no role: the operator grants its access to the database.
resource workload 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: workloadServiceAccount
  location: location
}

resource workloadCredential 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = if (empty(identityBindingCluster)) {
  parent: workload
  name: workloadServiceAccount
  properties: {
    issuer: issuer
    subject: 'system:serviceaccount:${workloadNamespace}:${workloadServiceAccount}'
    audiences: [audience]
  }
}

resource aks 'Microsoft.ContainerService/managedClusters@2026-04-01' existing = if (!empty(identityBindingCluster)) {
  name: identityBindingCluster
}

// The ServiceAccounts that may use it get the permission in the cluster: examples/identity-binding.yaml.
resource workloadBinding 'Microsoft.ContainerService/managedClusters/identityBindings@2026-04-01' = if (!empty(identityBindingCluster)) {
  parent: aks
  name: workloadServiceAccount
  properties: {
    managedIdentity: {
      resourceId: workload.id
    }
  }
}

@description('helm install --set azure.clientId=…')
output operatorClientId string = operator.properties.clientId

@description('spec.resourceId of the RedisDatabase.')
output resourceId string = redis.id

@description('Annotation azure.workload.identity/client-id of the workload\'s ServiceAccount.')
output workloadClientId string = workload.properties.clientId
