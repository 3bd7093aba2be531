"""A small Flask application on the guide's client. `/health` has the fields of the guide's."""

import logging

from flask import Flask
from redis.auth.err import RequestTokenErr
from redis.exceptions import RedisError

from redis_client import get_redis_client

app = Flask(__name__)
log = logging.getLogger(__name__)
client = get_redis_client()


@app.get("/health")
def health():
    try:
        connection = client.client_id()
    except (RedisError, RequestTokenErr) as failure:
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
