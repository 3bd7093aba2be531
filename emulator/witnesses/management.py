"""The management SDKs of PyPI, unmodified: every operation on clusters, databases, assignments, identities and roles."""

import uuid

from azure.core.exceptions import ResourceNotFoundError
from azure.identity import ClientSecretCredential
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.msi import ManagedServiceIdentityClient
from azure.mgmt.redisenterprise import RedisEnterpriseManagementClient
from azure.mgmt.resource.resources import ResourceManagementClient

from witness import SUBSCRIPTION, Endpoints, witness

azure = Endpoints.read()
credential = ClientSecretCredential(
    azure.tenant_id,
    azure.client_id,
    azure.client_secret,
    authority=azure.authority,
    disable_instance_discovery=True,
)
place = dict(
    credential=credential,
    subscription_id=SUBSCRIPTION,
    base_url=azure.arm,
    credential_scopes=[azure.arm + "/.default"],
    polling_interval=1,
)
GROUP = "witness-python"
SCOPE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{GROUP}"

resources = ResourceManagementClient(**place)
with witness("azure-mgmt-resource", "group: create, exists, tags, list"):
    resources.resource_groups.create_or_update(GROUP, {"location": "westus2", "tags": {"a": "b"}})
    assert resources.resource_groups.check_existence(GROUP)
    assert not resources.resource_groups.check_existence(GROUP + "x")
    assert resources.resource_groups.update(GROUP, {"tags": {"c": "d"}}).tags == {"c": "d"}
    assert GROUP in [each.name for each in resources.resource_groups.list()]

identities = ManagedServiceIdentityClient(**place)
with witness("azure-mgmt-msi", "identity: create, update, list"):
    identity = identities.user_assigned_identities.create_or_update(
        GROUP, "orders", {"location": "westus2", "tags": {"a": "b"}}
    )
    assert identities.user_assigned_identities.get(GROUP, "orders").tags == {"a": "b"}
    assert identities.user_assigned_identities.update(GROUP, "orders", {"tags": {"c": "d"}}).tags == {"c": "d"}
    assert len(list(identities.user_assigned_identities.list_by_resource_group(GROUP))) == 1
with witness("azure-mgmt-msi", "federated credential: create, list, delete"):
    credentials = identities.federated_identity_credentials
    credentials.create_or_update(
        GROUP,
        "orders",
        "kubernetes",
        {"issuer": "https://k.test", "subject": "system:serviceaccount:a:b", "audiences": ["api://AzureADTokenExchange"]},
    )
    assert [each.name for each in credentials.list(GROUP, "orders")] == ["kubernetes"]
    credentials.delete(GROUP, "orders", "kubernetes")

roles = AuthorizationManagementClient(**place)
with witness("azure-mgmt-authorization", "role definition: create, filter, delete"):
    definition = roles.role_definitions.create_or_update(
        SCOPE,
        str(uuid.uuid4()),
        {
            "role_name": "witness",
            "description": "what it is for",
            "permissions": [{"actions": ["Microsoft.Cache/*/read"]}],
            "assignable_scopes": [SCOPE],
        },
    )
    found = list(roles.role_definitions.list(SCOPE, filter="roleName eq 'witness'"))
    assert [each.id for each in found] == [definition.id] and found[0].description == "what it is for"
with witness("azure-mgmt-authorization", "role assignment: create, filter, delete"):
    name = str(uuid.uuid4())
    roles.role_assignments.create(
        SCOPE,
        name,
        {
            "role_definition_id": definition.id,
            "principal_id": identity.principal_id,
            "principal_type": "ServicePrincipal",
        },
    )
    mine = list(roles.role_assignments.list_for_scope(SCOPE, filter=f"principalId eq '{identity.principal_id}'"))
    assert [each.name for each in mine] == [name]
    roles.role_assignments.delete(SCOPE, name)
    roles.role_definitions.delete(SCOPE, definition.name)

redis = RedisEnterpriseManagementClient(**place)
with witness("azure-mgmt-redisenterprise", "cluster: create, update, list, delete"):
    redis.redis_enterprise.begin_create(
        GROUP,
        "witness",
        {
            "location": "westus2",
            "sku": {"name": "Balanced_B0"},
            "properties": {"publicNetworkAccess": "Enabled", "minimumTlsVersion": "1.2"},
        },
    ).result()
    assert redis.redis_enterprise.begin_update(GROUP, "witness", {"tags": {"a": "b"}}).result().tags == {"a": "b"}
    assert "witness" in [each.name for each in redis.redis_enterprise.list()]
with witness("azure-mgmt-redisenterprise", "database: create, update, keys, flush"):
    redis.databases.begin_create(
        GROUP, "witness", "default", {"properties": {"clusteringPolicy": "NoCluster", "evictionPolicy": "NoEviction"}}
    ).result()
    redis.databases.begin_update(GROUP, "witness", "default", {"properties": {"evictionPolicy": "AllKeysLRU"}}).result()
    assert redis.databases.get(GROUP, "witness", "default").eviction_policy == "AllKeysLRU"
    before = redis.databases.list_keys(GROUP, "witness", "default").primary_key
    redis.databases.begin_regenerate_key(GROUP, "witness", "default", {"keyType": "Primary"}).result()
    assert redis.databases.list_keys(GROUP, "witness", "default").primary_key != before
    redis.databases.begin_flush(GROUP, "witness", "default", {}).result()
with witness("azure-mgmt-redisenterprise", "assignment: create, list, delete"):
    assignments = redis.access_policy_assignment
    body = {"properties": {"accessPolicyName": "default", "user": {"objectId": identity.principal_id}}}
    made = assignments.begin_create_update(GROUP, "witness", "default", "one", body).result()
    assert made.provisioning_state == "Succeeded"
    assert [each.name for each in assignments.list(GROUP, "witness", "default")] == ["one"]
    assignments.begin_delete(GROUP, "witness", "default", "one").result()
    try:
        assignments.get(GROUP, "witness", "default", "one")
        raise AssertionError("still there")
    except ResourceNotFoundError:
        pass
with witness("azure-mgmt-resource", "resources, providers, group deletion"):
    assert len(list(resources.resources.list_by_resource_group(GROUP))) == 2
    assert resources.providers.get("Microsoft.Cache").registration_state == "Registered"
    resources.providers.register("Microsoft.Network")
    redis.redis_enterprise.begin_delete(GROUP, "witness").result()
    identities.user_assigned_identities.delete(GROUP, "orders")
    resources.resource_groups.begin_delete(GROUP).result()
    assert not resources.resource_groups.check_existence(GROUP)
