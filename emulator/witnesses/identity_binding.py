"""azure-identity with an AKS identity binding: a ServiceAccount's token, the token proxy, and a login to Redis."""

import base64
import json
import os
import tempfile
import time

import jwt
import redis
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import WorkloadIdentityCredential
from cryptography.hazmat.primitives.asymmetric import rsa

from witness import Endpoints, witness

WORKLOAD = "33333333-3333-3333-3333-333333333333"
OBJECT_ID = "44444444-4444-4444-4444-444444444444"
TOOL = "azure-identity (Python), enable_azure_proxy"

azure = Endpoints.read()
with open(os.environ["ENDPOINTS"]) as file:
    proxy = json.load(file)["tokenProxy"]
os.environ["AZURE_KUBERNETES_TOKEN_PROXY"] = proxy["url"]
os.environ["AZURE_KUBERNETES_SNI_NAME"] = proxy["serverName"]
os.environ["AZURE_KUBERNETES_CA_FILE"] = proxy["caFile"]


def cluster():
    """Publishes a new key of the cluster's issuer, and returns the private one."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key().public_numbers()
    number = lambda n: base64.urlsafe_b64encode(n.to_bytes((n.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()
    with open(os.environ["JWKS"], "w") as file:
        json.dump({"keys": [{"kty": "RSA", "kid": "witness", "n": number(public.n), "e": number(public.e)}]}, file)
    return key


def credential(key, account):
    claims = {
        "iss": "https://kubernetes.default.svc.cluster.local",
        "sub": f"system:serviceaccount:shop:{account}",
        "aud": ["api://AKSIdentityBinding"],
        "exp": int(time.time()) + 600,
    }
    with tempfile.NamedTemporaryFile("w", delete=False) as file:
        file.write(jwt.encode(claims, key, algorithm="RS256", headers={"kid": "witness"}))
    return WorkloadIdentityCredential(
        tenant_id=azure.tenant_id,
        client_id=WORKLOAD,
        token_file_path=file.name,
        authority=azure.authority,
        enable_azure_proxy=True,
    )


key = cluster()
with witness(TOOL, "identity binding: login, SET"):
    token = credential(key, "orders").get_token("https://redis.azure.com/.default").token
    with redis.Redis(
        host=azure.host, port=azure.port, ssl=True, ssl_ca_certs=azure.ca_file, username=OBJECT_ID, password=token
    ) as client:
        assert client.set("witness", "1")
with witness(TOOL, "identity binding: refused without the permission"):
    try:
        credential(key, "other").get_token("https://redis.azure.com/.default")
        raise AssertionError("a token was issued")
    except ClientAuthenticationError as refused:
        assert "use-managed-identity" in str(refused), refused
