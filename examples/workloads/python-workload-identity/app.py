"""A small Flask application that logs in to Redis with the pod's workload identity."""

import logging
import os

import redis
from azure.core.exceptions import AzureError
from azure.identity import WorkloadIdentityCredential
from flask import Flask
from redis.exceptions import RedisClusterException, RedisError

from entra_credentials import EntraCredentials

logging.basicConfig(level=logging.INFO)
logging.getLogger("azure").setLevel(logging.WARNING)
log = logging.getLogger(__name__)
app = Flask(__name__)


def get_redis_client():
    host = os.environ["REDIS_HOSTNAME"]
    options = dict(
        host=host,
        port=int(os.environ["REDIS_PORT"]),
        ssl=True,
        ssl_check_hostname=True,
        credential_provider=EntraCredentials(os.environ["REDIS_USERNAME"], new_token),
        decode_responses=True,
        socket_connect_timeout=5,
        socket_timeout=5,
    )
    if os.environ["REDIS_CLUSTER_POLICY"] == "OSSCluster":
        # Shards are reported with private addresses, which are in no certificate. They are also reachable at the public
        # name with the shard's port.
        return redis.RedisCluster(address_remap=lambda reported: (host, reported[1]), **options)
    return redis.Redis(**options)


def new_token():
    # The credential reads AZURE_TENANT_ID, AZURE_FEDERATED_TOKEN_FILE and AZURE_AUTHORITY_HOST. The cluster sets the
    # authority, so no discovery in the public cloud is needed. A credential that is reused would return its cached token
    # until five minutes before its expiry. In a pod with an AKS identity binding, which has AZURE_KUBERNETES_TOKEN_PROXY, it
    # uses the cluster's token proxy; elsewhere `enable_azure_proxy` has no effect.
    with WorkloadIdentityCredential(
        client_id=os.environ["AZURE_CLIENT_ID"],
        disable_instance_discovery=True,
        enable_azure_proxy=True,
        connection_timeout=5,
        read_timeout=10,
    ) as credential:
        return credential.get_token(os.environ["REDIS_ENTRA_SCOPE"])


client = get_redis_client()


@app.get("/health")
def health():
    try:
        connection = client.client_id()
    except (RedisError, RedisClusterException, AzureError) as failure:
        # The message of a failure can quote what was sent; its class is enough to know where to look.
        log.warning("Redis does not answer: %s.", type(failure).__name__)
        return {
            "status": "unhealthy",
            "redis_connected": False,
            "redis_auth_method": "Entra ID token",
            "error": type(failure).__name__,
        }, 503
    return {
        "status": "healthy",
        "redis_connected": True,
        "redis_auth_method": "Entra ID token",
        "redis_connection_id": connection,
    }


@app.post("/visits/<page>")
def visit(page):
    return {"visits": client.incr(f"visits:{page}")}
