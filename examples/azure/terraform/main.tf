# The operator's identity, federated credential and custom role on one Azure Managed Redis cluster,
# and one workload's identity with its federated credential.

terraform {
  required_version = ">= 1.5"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0"
    }
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.0"
    }
  }
}

provider "azurerm" {
  features {}
}

variable "resource_group_name" {
  description = "Resource group of the identities."
  type        = string
}

variable "redis_id" {
  description = "Resource ID of the Azure Managed Redis cluster: az redisenterprise show --query id."
  type        = string
}

variable "issuer" {
  description = "OIDC issuer of the Kubernetes cluster, exactly as `az aks show --query oidcIssuerProfile.issuerUrl` prints it."
  type        = string
}

variable "operator_subject" {
  description = "Namespace and ServiceAccount of the operator, as the Helm chart names them."
  type        = string
  default     = "system:serviceaccount:redis-access-system:redis-access-operator"
}

variable "workload" {
  description = "Namespace and ServiceAccount of the workload."
  type = object({
    namespace       = string
    service_account = string
  })
  default = {
    namespace       = "shop"
    service_account = "orders"
  }
}

variable "identity_binding_cluster_id" {
  description = "Resource ID of the AKS cluster, for an identity binding of the workload instead of a federated credential. Empty: none."
  type        = string
  default     = ""
}

data "azurerm_resource_group" "this" {
  name = var.resource_group_name
}

resource "azurerm_user_assigned_identity" "operator" {
  name                = "redis-access-operator"
  resource_group_name = data.azurerm_resource_group.this.name
  location            = data.azurerm_resource_group.this.location
}

resource "azurerm_federated_identity_credential" "operator" {
  name                = "redis-access-operator"
  resource_group_name = data.azurerm_resource_group.this.name
  parent_id           = azurerm_user_assigned_identity.operator.id
  issuer              = var.issuer
  subject             = var.operator_subject
  audience            = ["api://AzureADTokenExchange"]
}

resource "azurerm_role_definition" "operator" {
  name        = "Redis Access Operator (${data.azurerm_resource_group.this.name})"
  scope       = data.azurerm_resource_group.this.id
  description = "Reads Azure Managed Redis databases, and grants and revokes access to them."

  permissions {
    actions = [
      "Microsoft.Cache/redisEnterprise/read",
      "Microsoft.Cache/redisEnterprise/databases/read",
      "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/read",
      "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write",
      "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/delete",
    ]
    not_actions = []
  }

  assignable_scopes = [data.azurerm_resource_group.this.id]
}

# On this cluster only. It must be in the resource group above, which is where the role can be assigned.
resource "azurerm_role_assignment" "operator" {
  scope              = var.redis_id
  role_definition_id = azurerm_role_definition.operator.role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.operator.principal_id
  principal_type     = "ServicePrincipal"
}

# The workload gets no role: the operator grants its access to the database.
resource "azurerm_user_assigned_identity" "workload" {
  name                = var.workload.service_account
  resource_group_name = data.azurerm_resource_group.this.name
  location            = data.azurerm_resource_group.this.location
}

resource "azurerm_federated_identity_credential" "workload" {
  count               = var.identity_binding_cluster_id == "" ? 1 : 0
  name                = var.workload.service_account
  resource_group_name = data.azurerm_resource_group.this.name
  parent_id           = azurerm_user_assigned_identity.workload.id
  issuer              = var.issuer
  subject             = "system:serviceaccount:${var.workload.namespace}:${var.workload.service_account}"
  audience            = ["api://AzureADTokenExchange"]
}

# The ServiceAccounts that may use it get the permission in the cluster: examples/identity-binding.yaml.
resource "azapi_resource" "workload_binding" {
  count     = var.identity_binding_cluster_id == "" ? 0 : 1
  type      = "Microsoft.ContainerService/managedClusters/identityBindings@2026-04-01"
  name      = var.workload.service_account
  parent_id = var.identity_binding_cluster_id
  body = {
    properties = {
      managedIdentity = {
        resourceId = azurerm_user_assigned_identity.workload.id
      }
    }
  }
}

output "operator_client_id" {
  description = "helm install --set azure.clientId=…"
  value       = azurerm_user_assigned_identity.operator.client_id
}

output "workload_client_id" {
  description = "Annotation azure.workload.identity/client-id of the workload's ServiceAccount."
  value       = azurerm_user_assigned_identity.workload.client_id
}
