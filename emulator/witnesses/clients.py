"""redis-py with redis-entraid, sync and asyncio: login with a token, by managed identity and by service principal."""

import asyncio
import os
import time

import redis
import redis.asyncio
from redis_entraid.cred_provider import create_from_managed_identity, create_from_service_principal
from redis_entraid.identity_provider import ManagedIdentityIdType, ManagedIdentityType
from redis.auth.token_manager import RetryPolicy, TokenManagerConfig

from witness import Endpoints, witness

WORKLOAD = "33333333-3333-3333-3333-333333333333"

azure = Endpoints.read()
os.environ["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = azure.imds
place = dict(host=azure.host, port=azure.port, ssl=True, ssl_ca_certs=azure.ca_file, decode_responses=True)
patient = TokenManagerConfig(0.7, 0, 30_000, RetryPolicy(3, 100))


def managed_identity():
    return create_from_managed_identity(
        identity_type=ManagedIdentityType.USER_ASSIGNED,
        resource="https://redis.azure.com/",
        id_type=ManagedIdentityIdType.CLIENT_ID,
        id_value=WORKLOAD,
        token_manager_config=patient,
    )


def service_principal(**app):
    return create_from_service_principal(
        azure.client_id,
        azure.client_secret,
        tenant_id=azure.tenant_id,
        scopes=["https://redis.azure.com/.default"],
        token_manager_config=patient,
        app_kwargs=app,
    )


def login(provider):
    with redis.Redis(credential_provider=provider, **place) as client:
        assert client.set("witness", "1")
        return client.acl_whoami()


async def login_async(provider):
    async with redis.asyncio.Redis(credential_provider=provider, **place) as client:
        assert await client.set("witness", "1")
        return await client.acl_whoami()


with witness("redis-py, redis-entraid (sync)", "managed identity: login, SET"):
    assert login(managed_identity()).startswith("44444444-")
with witness("redis-py, redis-entraid (asyncio)", "managed identity: login, SET, close at once"):
    started = time.monotonic()
    assert asyncio.run(login_async(managed_identity())).startswith("44444444-")
    assert time.monotonic() - started < 15, "the connection was not closed in time"
if os.environ.get("PUBLIC_HOSTS"):
    with witness("redis-py, redis-entraid (sync)", "service principal, instance discovery on"):
        assert login(service_principal()) == azure.object_id
    with witness("redis-py, redis-entraid (asyncio)", "service principal, instance discovery on"):
        assert asyncio.run(login_async(service_principal())) == azure.object_id
os._exit(0)  # the token managers' threads are still running
