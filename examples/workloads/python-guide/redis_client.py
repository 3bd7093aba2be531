"""The guide's client, unmodified: a managed identity's token, fetched and renewed by redis-entraid."""

from redis_entraid.cred_provider import (
    create_from_managed_identity,
    ManagedIdentityType,
    ManagedIdentityIdType
)
import redis
import os

def get_redis_client():
    """Create Redis client with Entra ID authentication."""
    
    # Get configuration from environment
    client_id = os.getenv('AZURE_CLIENT_ID')
    redis_host = os.getenv('REDIS_HOSTNAME')
    redis_port = int(os.getenv('REDIS_PORT', 10000))
    
    # Create credential provider
    credential_provider = create_from_managed_identity(
        identity_type=ManagedIdentityType.USER_ASSIGNED,
        resource="https://redis.azure.com/",
        id_type=ManagedIdentityIdType.CLIENT_ID,
        id_value=client_id
    )
    
    # Connect to Redis
    return redis.Redis(
        host=redis_host,
        port=redis_port,
        credential_provider=credential_provider,
        ssl=True,
        decode_responses=True,
        socket_connect_timeout=5,
        socket_timeout=5
    )
